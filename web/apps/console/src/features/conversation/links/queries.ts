import type { LinkPreview } from "@frontdesk/api";
import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../shared/session/session.ts";

const [minute, hour] = [60_000, 3_600_000];

/** Never asked without a person: to fetch a page may use up what it is for. */
export const previewQuery = (conversation: string, seq: number, link: string, asked: boolean) =>
  queryOptions({
    queryKey: ["link-preview", conversation, seq, link],
    queryFn: async ({ signal }) =>
      (
        await http<{ preview: LinkPreview }>(
          "GET",
          `/v1/conversations/${conversation}/entries/${seq}/preview`,
          { signal, query: { link } },
        )
      ).preview,
    enabled: asked,
    retry: false,
    staleTime: (query) => (query.state.data?.problem ? minute : hour),
    gcTime: hour,
  });
