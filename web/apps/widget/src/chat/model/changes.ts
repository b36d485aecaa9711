/** Tells listeners that something changed: however much changes in one turn, once. `before` runs ahead of them. */
export function createChanges(before: () => void) {
  const listeners = new Set<() => void>();
  let scheduled = false;
  return {
    changed(): void {
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        before();
        for (const listener of listeners) listener();
      });
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
