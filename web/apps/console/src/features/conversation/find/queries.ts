import type { DayAnswer, FindAnswer } from "@frontdesk/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { http } from "../../../shared/session/session.ts";

export const findQuery = (conversation: string, q: string) =>
  queryOptions({
    queryKey: ["find", conversation, q],
    queryFn: ({ signal }) =>
      http<FindAnswer>("GET", `/v1/conversations/${conversation}/find`, { signal, query: { q } }),
    enabled: /[\p{L}\p{N}]/u.test(q),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

export const dayQuery = (conversation: string, from: number) =>
  http<DayAnswer>("GET", `/v1/conversations/${conversation}/day`, { query: { from } });
