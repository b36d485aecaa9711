import type { Items, Panel, PanelContext } from "@frontdesk/api";
import { queryOptions } from "@tanstack/react-query";
import { http } from "../session/session.ts";

export const panelsQuery = queryOptions({
  queryKey: ["panels"],
  queryFn: async ({ signal }) => (await http<Items<Panel>>("GET", "/v1/panels", { signal })).items,
});

/** A token is good for five minutes: this long it is told to the panel, and then another one. */
const GOOD = 240_000;

export const contextQuery = (panel: Panel, conversation: string) =>
  queryOptions({
    queryKey: ["panels", panel.id, "context", conversation],
    queryFn: ({ signal }) =>
      http<PanelContext>("POST", `/v1/panels/${panel.id}/context`, {
        signal,
        body: { conversation_id: conversation },
      }),
    staleTime: GOOD,
    gcTime: 0,
    refetchInterval: GOOD,
  });
