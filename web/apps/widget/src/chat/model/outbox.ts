import type { OutboxStore } from "@frontdesk/realtime";
import type { FirstMessages } from "./first.ts";

/** The outbox, telling the first-message store what is safely in it. */
export function watchedOutbox(inner: OutboxStore, first: FirstMessages): OutboxStore {
  return {
    ...inner,
    async put(message) {
      await inner.put(message);
      first.stored(message.client_id);
    },
  };
}

/** Finishes what a reload interrupted: stored again under the same id, the server recognises a repeat. */
export async function recoverHanded(outbox: OutboxStore, first: FirstMessages): Promise<void> {
  const left = first.handed();
  if (left.length === 0) return;
  const known = new Set((await outbox.all()).map((message) => message.client_id));
  for (const { text, at, handed } of left) {
    if (!handed) continue;
    if (known.has(handed.client_id)) first.stored(handed.client_id);
    else {
      const body = { type: "text", text } as const;
      await outbox.put({ ...handed, body, created_at: at, state: "queued" });
    }
  }
}
