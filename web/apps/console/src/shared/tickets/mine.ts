import type { TicketPage } from "@frontdesk/api";
import { queryOptions } from "@tanstack/react-query";
import { http } from "../session/session.ts";

/** How many open tickets one has. */
export const myTicketsQuery = queryOptions({
  queryKey: ["tickets", "mine"],
  queryFn: async ({ signal }) =>
    (await http<TicketPage>("GET", "/v1/tickets", { signal, query: { limit: 1 } })).open,
});
