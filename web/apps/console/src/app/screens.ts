import type { Permission } from "@frontdesk/api";
import {
  IconActivity,
  IconBolt,
  IconBook2,
  IconHistory,
  IconMailOpened,
  IconMessages,
  IconSettings,
  IconShieldSearch,
  IconUsersGroup,
} from "@tabler/icons-react";

/** The console's screens in the order of the navigation; `needs` hides what the person may not use. */
export const screens = [
  { to: "/inbox", label: "inbox", icon: IconMessages, needs: null },
  { to: "/floor", label: "floor", icon: IconActivity, needs: "conversation.supervise" },
  { to: "/history", label: "history", icon: IconHistory, needs: "search.use" },
  {
    to: "/leave-messages",
    label: "leaveMessages",
    icon: IconMailOpened,
    needs: "leave_message.handle",
  },
  { to: "/knowledge", label: "knowledge", icon: IconBook2, needs: "knowledge.manage" },
  { to: "/staff", label: "staff", icon: IconUsersGroup, needs: "team.manage" },
  { to: "/replies", label: "replies", icon: IconBolt, needs: "quick_reply.use" },
  { to: "/audit", label: "audit", icon: IconShieldSearch, needs: "audit.read" },
  { to: "/settings", label: "settings", icon: IconSettings, needs: "settings.manage" },
] as const satisfies readonly {
  to: string;
  label: string;
  icon: unknown;
  needs: Permission | null;
}[];
