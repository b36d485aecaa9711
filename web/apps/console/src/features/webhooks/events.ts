import type { WebhookEvent } from "@frontdesk/api";

/** What a webhook can be told, by what it is about. */
export const eventGroups = {
  conversation: [
    "conversation.opened",
    "conversation.queued",
    "conversation.unqueued",
    "conversation.assigned",
    "conversation.transferred",
    "conversation.joined",
    "conversation.left",
    "conversation.rating_invited",
    "conversation.rated",
    "conversation.closed",
    "conversation.wrapped_up",
    "conversation.reopened",
    "conversation.erased",
  ],
  message: ["message.created", "message.recalled", "message.rated"],
  internal: ["note.created", "whisper.created"],
  contact: ["contact.created", "contact.changed", "contact.erased"],
  leaveMessage: ["leave_message.created", "leave_message.changed"],
  ticket: ["ticket.created", "ticket.changed"],
  agent: ["agent.status_changed"],
  pressing: ["agent.silent", "service_level.warned", "service_level.breached"],
  webhook: ["webhook.disabled"],
} as const satisfies Readonly<Record<string, readonly WebhookEvent[]>>;

export type EventGroup = keyof typeof eventGroups;
