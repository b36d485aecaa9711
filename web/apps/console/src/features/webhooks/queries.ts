import type { DeliveryPage, DeliveryState, DeliveryStory, Items, Webhook } from "@frontdesk/api";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { http } from "../../shared/session/session.ts";

/** All of this changes by itself: how often it is looked at while something is under way, and otherwise. */
const soon = 1500;
const later = 15_000;

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: async ({ signal }) =>
    (await http<Items<Webhook>>("GET", "/v1/webhooks", { signal })).items,
  refetchInterval: 5000,
});

const deliveries = (webhook: string) => `/v1/webhooks/${webhook}/deliveries`;

export const lastDeliveryQuery = (webhook: string) =>
  queryOptions({
    queryKey: ["webhooks", webhook, "last"],
    queryFn: async ({ signal }) => {
      const query = { limit: 1 };
      const page = await http<DeliveryPage>("GET", deliveries(webhook), { signal, query });
      return page.items[0] ?? null;
    },
    refetchInterval: later,
  });

export const deliveriesQuery = (webhook: string, state: DeliveryState | null) =>
  infiniteQueryOptions({
    queryKey: ["webhooks", webhook, "deliveries", state],
    queryFn: ({ signal, pageParam }) =>
      http<DeliveryPage>("GET", deliveries(webhook), {
        signal,
        query: { state: state ?? undefined, cursor: pageParam, limit: 30 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: ({ state: held }) =>
      held.data?.pages.some(({ items }) => items.some((one) => one.state === "pending"))
        ? soon
        : later,
  });

export const storyQuery = (webhook: string, delivery: string) =>
  queryOptions({
    queryKey: ["webhooks", webhook, "deliveries", "one", delivery],
    queryFn: async ({ signal }) => {
      const path = `${deliveries(webhook)}/${delivery}`;
      return (await http<{ delivery: DeliveryStory }>("GET", path, { signal })).delivery;
    },
    refetchInterval: ({ state }) => (state.data?.state === "pending" ? soon : false),
  });
