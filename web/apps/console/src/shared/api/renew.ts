import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Has asked for anew what begins with this key, and everything without one. What is on its way for the first time may have been
 * read before the change, and would stand as fresh: it is given up and asked for again, too.
 */
export async function renew(queries: QueryClient, queryKey: QueryKey = []): Promise<void> {
  await queries.cancelQueries({ queryKey, predicate: ({ state }) => state.data === undefined });
  await queries.invalidateQueries({ queryKey });
}
