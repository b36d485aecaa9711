import type { Permission } from "@frontdesk/api";
import {
  IconActivity,
  IconAddressBook,
  IconBolt,
  IconBook2,
  IconClipboardCheck,
  IconHistory,
  IconMailOpened,
  IconMessages,
  IconSettings,
  IconShieldSearch,
  IconTicket,
  IconUserOff,
  IconUsersGroup,
  IconWebhook,
} from "@tabler/icons-react";
import type { CommandId } from "../shared/commands/table.ts";

/** The console's screens in the order of the navigation; `needs` hides what the person may not use. */
export const screens = [
  { to: "/inbox", label: "inbox", command: "inbox", icon: IconMessages, needs: null },
  {
    to: "/floor",
    label: "floor",
    command: "floor",
    icon: IconActivity,
    needs: "conversation.supervise",
  },
  { to: "/history", label: "history", command: "history", icon: IconHistory, needs: "search.use" },
  {
    to: "/contacts",
    label: "contacts",
    command: "contacts",
    icon: IconAddressBook,
    needs: "contact.read",
  },
  {
    to: "/leave-messages",
    label: "leaveMessages",
    command: "leaveMessages",
    icon: IconMailOpened,
    needs: "leave_message.handle",
  },
  {
    to: "/tickets",
    label: "tickets",
    command: "tickets",
    icon: IconTicket,
    needs: "ticket.handle",
  },
  {
    to: "/knowledge",
    label: "knowledge",
    command: "knowledge",
    icon: IconBook2,
    needs: "knowledge.manage",
  },
  { to: "/staff", label: "staff", command: "staff", icon: IconUsersGroup, needs: "team.manage" },
  {
    to: "/replies",
    label: "replies",
    command: "replyTexts",
    icon: IconBolt,
    needs: "quick_reply.use",
  },
  {
    to: "/blocks",
    label: "blocks",
    command: "blocks",
    icon: IconUserOff,
    needs: "contact.block",
  },
  { to: "/quality", label: "quality", command: "quality", icon: IconClipboardCheck, needs: null },
  { to: "/audit", label: "audit", command: "audit", icon: IconShieldSearch, needs: "audit.read" },
  {
    to: "/webhooks",
    label: "webhooks",
    command: "webhooks",
    icon: IconWebhook,
    needs: "webhook.manage",
  },
  {
    to: "/settings",
    label: "settings",
    command: "settings",
    icon: IconSettings,
    needs: "settings.manage",
  },
] as const satisfies readonly {
  to: string;
  label: string;
  command: CommandId;
  icon: unknown;
  needs: Permission | null;
}[];
