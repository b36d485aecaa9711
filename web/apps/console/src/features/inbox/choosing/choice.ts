import { createStore } from "../../../shared/store.ts";

/** The conversations that something is to be done to at once. */
export const choice = createStore<ReadonlySet<string>>(new Set());
let anchor: string | undefined;

export function choose(ids: Iterable<string>): void {
  choice.set(new Set(ids));
}

/** Takes one in or out; with `order`, everything between it and the one before, as it stands in the list. */
export function toggle(id: string, order?: readonly string[]): void {
  const chosen = new Set(choice.get());
  const [from, to] = [anchor ? (order?.indexOf(anchor) ?? -1) : -1, order?.indexOf(id) ?? -1];
  if (order && from >= 0 && to >= 0) {
    for (const each of order.slice(Math.min(from, to), Math.max(from, to) + 1)) chosen.add(each);
  } else if (!chosen.delete(id)) chosen.add(id);
  anchor = id;
  choice.set(chosen);
}
