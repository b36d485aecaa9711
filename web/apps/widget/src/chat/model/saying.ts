import type { Connection } from "@frontdesk/realtime";
import type { TextKey } from "../i18n/i18n.ts";
import type { Current } from "./current.ts";
import type { FirstMessage, FirstMessages } from "./first.ts";

/** How long who ends a conversation waits for what they have just said. */
const PATIENCE = 10_000;

/** Everything the visitor does with words: say them, answer a message with them, take them back. */
export function createSaying(options: {
  line(): Connection | null;
  current: Current;
  first: FirstMessages;
  /** Brings what was written before there was a conversation into one. */
  flush(): void;
  tell(text: TextKey): void;
  changed(): void;
}) {
  const { line, current, first, changed } = options;
  let quoted: { conversation: string; seq: number } | null = null;

  function firsts(): readonly FirstMessage[] {
    const shown = [...(line()?.pending ?? []), ...(current.held()?.entries ?? [])];
    return first.waiting().filter((mine) => shown.every((it) => it.client_id !== mine.client_id));
  }

  function isSent(): boolean {
    const queued = line()?.pending.some((message) => message.state !== "failed");
    return !queued && firsts().length === 0;
  }

  return {
    /** When nothing waits to be sent any more. Rejects when that takes long. */
    sent(): Promise<void> {
      if (isSent()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          clearTimeout(timer);
          unsubscribe?.();
          settle();
        };
        const timer = setTimeout(() => end(() => reject(new Error("not sent"))), PATIENCE);
        const unsubscribe = line()?.subscribe(() => isSent() && end(resolve));
      });
    },
    /** The message that the next one answers, if it is still the conversation on the screen. */
    get quoting(): number | null {
      return quoted && quoted.conversation === current.id ? quoted.seq : null;
    },
    /** What waits for a conversation, but for what is on show otherwise: another tab may have handed it over. */
    get firsts(): readonly FirstMessage[] {
      return firsts();
    },
    quote(seq: number | null): void {
      quoted = seq !== null && current.id ? { conversation: current.id, seq } : null;
      changed();
    },
    /** `card`: the seq of the card by which it is said; what the visitor quotes waits for their own words. */
    sendText(text: string, card?: number): void {
      const connection = line();
      if (connection && current.id && current.isOpen() && first.waiting().length === 0) {
        const seq = card ?? (quoted?.conversation === current.id ? quoted.seq : 0);
        const quotes = seq ? { quotes: seq } : {};
        connection.send(current.id, { type: "text", text, ...quotes });
      } else {
        first.add(text, Date.now());
        options.flush();
      }
      if (!card) quoted = null;
      changed();
    },
    typing(text: string): void {
      if (current.id && current.isOpen()) line()?.typing(current.id, text);
    },
    async recall(seq: number): Promise<void> {
      if (!current.id) return;
      await line()
        ?.recall(current.id, seq)
        .catch(() => options.tell("message.recall_failed"));
    },
    retry: (client_id: string) => line()?.retry(client_id),
    discard: (client_id: string) => line()?.discard(client_id),
  };
}
