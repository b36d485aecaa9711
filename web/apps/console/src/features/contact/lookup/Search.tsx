import type { Items, KnowledgeHit } from "@frontdesk/api";
import { Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { type Lookup, lookup } from "../../../shared/desk/lookup.ts";
import { draftsOf } from "../../../shared/drafts/drafts.ts";
import { useConversation } from "../../../shared/live/connection.ts";
import { isHere } from "../../../shared/live/here.ts";
import { http, useMe } from "../../../shared/session/session.ts";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Hit } from "./Hit.tsx";
import styles from "./lookup.module.css";
import { cut, lastWords, longest } from "./words.ts";
import { answered, goOnWriting } from "./writing.ts";

const searchQuery = (q: string, language: string | undefined) => ({
  queryKey: ["knowledge", "search", q, language],
  queryFn: async ({ signal }: { signal: AbortSignal }) =>
    (
      await http<Items<KnowledgeHit>>("GET", "/v1/knowledge/search", {
        signal,
        query: { q, language },
      })
    ).items,
  enabled: q !== "",
  placeholderData: keepPreviousData,
  gcTime: 0,
});

interface Props {
  readonly asked: Lookup;
  readonly back: (() => void) | undefined;
}

/** Searches what is known: for what the customer wrote last when it was opened, until one writes words of one's own. */
export default function Search({ asked, back }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const field = useRef<HTMLInputElement>(null);
  const { conversation } = asked;
  const held = useConversation(conversation);
  const [last] = useState(() => lastWords(held?.entries ?? []));
  const [typed, setTyped] = useState("");
  const [own] = useDebouncedValue(cut(typed), 300);
  const sought = own || last;
  const query = useQuery(searchQuery(sought, held?.snapshot.language));
  const hits = sought ? (query.data ?? []) : [];
  const snapshot = held?.snapshot;
  const answering = snapshot?.state === "active" && isHere(me, snapshot);

  useEffect(() => {
    if (!asked.write) return;
    field.current?.focus();
    field.current?.scrollIntoView({ block: "center" });
  }, [asked]);

  const answer = (text: string) => {
    const drafts = draftsOf(me.agent.id);
    drafts.set(conversation, answered(drafts.get(conversation), text));
    goOnWriting(back);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    lookup.set(null);
    goOnWriting(undefined);
  };
  return (
    <search className={styles.search} aria-label={t("lookup.title")}>
      <TextInput
        ref={field}
        size="sm"
        type="search"
        aria-label={t("lookup.words")}
        placeholder={t("lookup.words")}
        leftSection={
          query.isFetching ? (
            <Loader size={14} aria-hidden="true" />
          ) : (
            <IconSearch size={16} aria-hidden="true" />
          )
        }
        value={typed}
        maxLength={longest}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      {last && !own ? (
        <p className={styles.about}>
          {t("lookup.about")} <q>{last}</q>
        </p>
      ) : null}
      {query.isError ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : (
        <p className={styles.none} role="status">
          {sought && query.data?.length === 0 && !query.isFetching ? t("lookup.none") : ""}
        </p>
      )}
      <ul className={styles.hits} aria-label={t("lookup.found")}>
        {hits.map((hit, at) => (
          <Hit
            key={hit.question_id}
            hit={hit}
            first={at === 0}
            answer={answering ? () => answer(hit.answer) : undefined}
          />
        ))}
      </ul>
    </search>
  );
}
