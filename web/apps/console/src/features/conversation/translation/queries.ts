import type { Translation, TranslationState } from "@frontdesk/api";
import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../shared/session/session.ts";

/** Whether there is anybody to ask; the server announces changes of it. */
export const translationQuery = queryOptions({
  queryKey: ["translation"],
  queryFn: ({ signal }) => http<TranslationState>("GET", "/v1/translation", { signal }),
  staleTime: 5 * 60_000,
});

/** An entry never changes but by being emptied, and then it is not shown. */
export const translatedQuery = (conversation: string, seq: number, to: string, asked: boolean) =>
  queryOptions({
    queryKey: ["translated", conversation, seq, to],
    queryFn: async ({ signal }) =>
      (
        await http<Translation>(
          "POST",
          `/v1/conversations/${conversation}/entries/${seq}/translation`,
          { signal, body: { to } },
        )
      ).text,
    enabled: asked,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const translateAnswer = async (conversation: string, text: string, to: string) =>
  (
    await http<Translation>("POST", `/v1/conversations/${conversation}/translation`, {
      body: { text, to },
    })
  ).text;
