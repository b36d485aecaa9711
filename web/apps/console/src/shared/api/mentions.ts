import type { MentionPage } from "@frontdesk/api";
import { queryOptions } from "@tanstack/react-query";
import { http } from "../session/session.ts";

/** The server says when it changes, on every device of the person. */
export const mentionsQuery = queryOptions({
  queryKey: ["mentions"],
  queryFn: ({ signal }) =>
    http<MentionPage>("GET", "/v1/mentions", { signal, query: { limit: 20 } }),
  staleTime: 5 * 60_000,
});

export async function markMentionsSeen(upTo: string): Promise<void> {
  await http<null>("PUT", "/v1/mentions/seen", { body: { up_to: upTo } });
}
