import type { Averages, OwnReviews, Reviewed, ReviewPage, Scorecard } from "@frontdesk/api";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { http } from "../session/session.ts";

/** What begins with this is asked for anew when the server says that something about quality changed. */
export const quality = "quality";

/** What of the reviews is wanted; undefined keeps all. */
export interface ReviewFilter {
  readonly agent_id?: string | undefined;
  readonly team_id?: string | undefined;
  readonly reviewer_id?: string | undefined;
  readonly since?: number | undefined;
}

export const scorecardQuery = queryOptions({
  queryKey: [quality, "scorecard"],
  queryFn: async ({ signal }) =>
    (await http<{ scorecard: Scorecard }>("GET", "/v1/scorecard", { signal })).scorecard,
});

/** Read anew for every dialog: what stands in a form is what was known when it was opened. */
export const reviewedQuery = (conversation: string) =>
  queryOptions({
    queryKey: [quality, "of", conversation],
    queryFn: ({ signal }) =>
      http<Reviewed>("GET", `/v1/conversations/${conversation}/reviews`, { signal }),
    gcTime: 0,
  });

export const reviewsQuery = (filter: ReviewFilter) =>
  infiniteQueryOptions({
    queryKey: [quality, "reviews", filter],
    queryFn: ({ signal, pageParam }) =>
      http<ReviewPage>("GET", "/v1/reviews", { signal, query: { ...filter, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const averagesQuery = (filter: ReviewFilter) =>
  queryOptions({
    queryKey: [quality, "averages", filter],
    queryFn: async ({ signal }) =>
      (await http<Averages>("GET", "/v1/reviews/averages", { signal, query: { ...filter } })).items,
    placeholderData: keepPreviousData,
  });

export const ownReviewsQuery = (since: number | undefined) =>
  infiniteQueryOptions({
    queryKey: [quality, "own", since],
    queryFn: ({ signal, pageParam }) =>
      http<OwnReviews>("GET", "/v1/me/reviews", { signal, query: { since, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
