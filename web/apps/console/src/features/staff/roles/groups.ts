import type { Permission } from "@frontdesk/api";

export const groups: Readonly<Record<string, readonly Permission[]>> = {
  conversations: [
    "conversation.read_own",
    "conversation.write_own",
    "conversation.take",
    "conversation.transfer",
    "conversation.close_any",
    "conversation.supervise",
    "quality.score",
    "search.use",
    "quick_reply.use",
  ],
  contacts: [
    "contact.read",
    "contact.edit",
    "contact.merge",
    "contact.block",
    "tag.manage",
    "contact.export",
    "contact.erase",
    "leave_message.handle",
    "ticket.handle",
  ],
  people: ["staff.read", "staff.manage", "role.manage", "team.manage"],
  organization: [
    "settings.manage",
    "channel.manage",
    "knowledge.manage",
    "quick_reply.manage",
    "webhook.manage",
    "client.manage",
    "sso.manage",
    "quality.manage",
    "audit.read",
  ],
};
