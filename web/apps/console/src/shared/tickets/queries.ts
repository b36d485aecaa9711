import type {
  CursorPage,
  NewTicket,
  OpenedTicket,
  Ticket,
  TicketDeed,
  TicketPage,
} from "@frontdesk/api";
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { http } from "../session/session.ts";

/** Which tickets are wanted; an assignee may be `nobody`. Without states those that are not solved. */
export interface TicketFilter {
  readonly states: readonly Ticket["state"][];
  readonly assignee_id?: string | undefined;
  readonly q?: string | undefined;
}

export const ticketsQuery = ({ states, ...filter }: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: ["tickets", "list", states, filter],
    queryFn: ({ signal, pageParam }) =>
      http<TicketPage>("GET", "/v1/tickets", {
        signal,
        query: { ...filter, state: states, cursor: pageParam, limit: 50 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ["tickets", id],
    queryFn: ({ signal }) => http<OpenedTicket>("GET", `/v1/tickets/${id}`, { signal }),
    retry: false,
  });

/** Newest first. */
export const ticketHistoryQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["tickets", id, "history"],
    queryFn: ({ signal, pageParam }) =>
      http<CursorPage<TicketDeed>>("GET", `/v1/tickets/${id}/history`, {
        signal,
        query: { cursor: pageParam, limit: 50 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
  });

export function useMakeTicket() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: NewTicket) =>
      (await http<{ ticket: Ticket }>("POST", "/v1/tickets", { body })).ticket,
    // Not waited for: where the dialog is gone by then, nobody would say that the ticket is made.
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["tickets"] }),
  });
}
