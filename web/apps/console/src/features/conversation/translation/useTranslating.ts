import type { Snapshot } from "@frontdesk/realtime";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { notice } from "../../../shared/ui/notices.ts";
import { translateAnswer, translationQuery } from "./queries.ts";
import { useWhyNot } from "./useWhyNot.ts";

export interface Translating {
  /** Into what; null where nothing is to be translated. */
  readonly language: string | null;
  readonly busy: boolean;
  /** The words before they were translated, until they are used again or sent. */
  readonly original: string | null;
  start(): void;
  restore(): void;
}

/** Names of languages are costly to come by: the composer is drawn with every letter. */
const nameOf = (language: string, reader: string) =>
  new Intl.DisplayNames([reader], { type: "language" }).of(language) ?? language;

/** Puts what is written into the visitor's language, to be looked at before it is sent. Sending never waits for it. */
export function useTranslating(
  snapshot: Snapshot,
  text: string,
  write: (text: string) => void,
): Translating {
  const { i18n } = useTranslation();
  const whyNot = useWhyNot();
  const available = useQuery(translationQuery).data?.available ?? false;
  const [original, setOriginal] = useState<string | null>(null);
  const empty = text === "";
  useEffect(() => {
    if (empty) setOriginal(null);
  }, [empty]);
  const asking = useMutation({
    mutationFn: (words: string) => translateAnswer(snapshot.id, words, snapshot.language),
    onSuccess: (translated, words) => {
      setOriginal(words);
      write(translated);
    },
    onError: (error) => notice({ color: "red", message: whyNot(error), autoClose: 6000 }),
  });
  const foreign = available && snapshot.language !== i18n.language;
  const language = useMemo(
    () => (foreign ? nameOf(snapshot.language, i18n.language) : null),
    [foreign, snapshot.language, i18n.language],
  );
  return {
    language,
    busy: asking.isPending,
    original,
    start: () => asking.mutate(text),
    restore: () => {
      if (original !== null) write(original);
      setOriginal(null);
    },
  };
}
