import type { Uploaded } from "@frontdesk/api";
import type { CardBody } from "@frontdesk/realtime";
import type { Draft } from "../../../shared/drafts/drafts.ts";
import { createStore } from "../../../shared/store.ts";

/** A message that was sent and has not left yet: it can still be taken back. */
export interface Held {
  /** What stood in the composer, and comes back to it. */
  readonly draft: Draft;
  readonly media: readonly Uploaded[];
  readonly card: CardBody | null;
  readonly until: number;
  readonly leave: () => void;
}

/** By conversation; on this device, for seconds. */
export const held = createStore<ReadonlyMap<string, Held>>(new Map());
const timers = new Map<string, ReturnType<typeof setTimeout>>();

function drop(conversation: string): Held | undefined {
  const one = held.get().get(conversation);
  clearTimeout(timers.get(conversation));
  timers.delete(conversation);
  const left = new Map(held.get());
  if (left.delete(conversation)) held.set(left);
  return one;
}

/** Lets the message leave now. */
export function release(conversation: string): void {
  drop(conversation)?.leave();
}

/** Takes the message back; what it was made of. */
export const takeBack = (conversation: string): Held | undefined => drop(conversation);

/** Keeps a message back until its time; what was kept before leaves first, so that the order stays. */
export function hold(conversation: string, one: Held): void {
  release(conversation);
  held.set(new Map(held.get()).set(conversation, one));
  timers.set(
    conversation,
    setTimeout(() => release(conversation), one.until - Date.now()),
  );
}

/** Nothing is left behind by who goes away. */
function releaseAll(): void {
  for (const conversation of [...held.get().keys()]) release(conversation);
}

addEventListener("pagehide", releaseAll);
addEventListener("beforeunload", (event) => {
  if (held.get().size === 0) return;
  releaseAll();
  // The question keeps the page until what has just been sent is stored.
  event.preventDefault();
});
