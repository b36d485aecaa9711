import type { Entry } from "./frames.ts";
import type { Pending } from "./pending.ts";

export interface ConfirmationsDeps {
  readonly messages: Pending;
  settle(client_id: string): void;
  /** Whether the log on screen has come as far as `seq`; also when the conversation is not held at all. */
  isShown(conversation: string, seq: number): boolean;
}

export interface Confirmations {
  /** Recognises our own messages among entries, whichever way and from whichever tab they came. */
  recognise(conversation: string, entries: readonly Entry[]): void;
  /** Takes messages off the pending list that the log now shows: never sooner, never later. */
  sweep(): void;
}

/** Sees to it that a message is on show exactly once: pending until its entry is in the log, an entry from then on. */
export function confirmations({ messages, settle, isShown }: ConfirmationsDeps): Confirmations {
  const places = new Map<string, { conversation: string; seq: number }>();
  return {
    recognise(conversation, entries) {
      for (const { client_id, seq } of entries) {
        if (client_id && messages.get(client_id)) {
          places.set(client_id, { conversation, seq });
          settle(client_id);
        }
      }
    },
    sweep() {
      for (const [client_id, { conversation, seq }] of places) {
        if (isShown(conversation, seq)) {
          places.delete(client_id);
          messages.hide(client_id);
        }
      }
    },
  };
}
