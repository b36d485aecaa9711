import type { AuditAction, AuditEntry, CursorPage } from "@frontdesk/api";
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { http } from "../session/session.ts";

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: AuditAction | undefined;
  readonly since?: number | undefined;
}

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ signal, pageParam }) =>
      http<CursorPage<AuditEntry>>("GET", "/v1/audit", {
        signal,
        query: { ...filter, cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
