import type { Connection } from "@frontdesk/realtime";
import { notifyThrough } from "../alerts/desktop.ts";
import { canPush, type Desk, onWord, readPush, switchOn, wish, worker } from "./push.ts";
import { tellSight } from "./sight.ts";

interface Page extends Desk {
  readonly me: string;
  readonly language: string;
  readonly connection: Connection;
  readonly open: (conversation: string) => void;
}

/**
 * Says whether the page is in sight. In a browser in which this agent has switched push on: says that again at each start, since
 * sessions end and browsers change subscriptions; and opens what a notification was clicked for.
 */
export function startPush(page: Page): () => void {
  const stops = [tellSight(page.connection)];
  if (canPush()) {
    if (Notification.permission === "granted") void again(page).catch(() => undefined);
    stops.push(
      onWord((word) => {
        if ("open" in word) page.open(word.open);
      }),
    );
  }
  return () => {
    for (const stop of stops) stop();
  };
}

async function again(page: Page): Promise<void> {
  const wanted = wish(page, page.me);
  if (!wanted) return;
  const { public_key } = await readPush(page);
  await switchOn(page, page.me, public_key, { language: page.language, words: wanted.words });
  notifyThrough(await worker());
}
