import { Button, Loader, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconHistory, IconMoodEmpty, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery, searchQuery, tagsQuery } from "../../shared/api/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { Hit } from "./Hit.tsx";
import styles from "./history.module.css";
import { Recent } from "./Recent.tsx";

export interface HistoryFilter {
  readonly q?: string | undefined;
  readonly days?: number | undefined;
  readonly agent?: string | undefined;
  readonly tag?: string | undefined;
}

interface Props {
  readonly filter: HistoryFilter;
  readonly change: (filter: HistoryFilter) => void;
  readonly opened: { readonly conversation: string | undefined; readonly at: number | undefined };
}

const periods = [1, 7, 30, 90] as const;
const day = 86_400_000;

/** Counted from the beginning of a minute, so that the same question has the same address. */
const since = (days: number | undefined) =>
  days ? Math.floor((Date.now() - days * day) / 60_000) * 60_000 : undefined;

function Filters({ filter, change }: Pick<Props, "filter" | "change">) {
  const { t } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: tags = [] } = useQuery(tagsQuery);
  const people = agents
    .filter(({ kind }) => kind === "human")
    .map(({ id, name, nickname }) => ({ value: id, label: name || nickname }));
  return (
    <div className={styles.filters}>
      <Select
        size="xs"
        aria-label={t("history.period")}
        placeholder={t("history.anyTime")}
        clearable
        data={periods.map((days) => ({ value: String(days), label: t(`history.days.d${days}`) }))}
        value={filter.days ? String(filter.days) : null}
        onChange={(days) => change({ ...filter, days: days ? Number(days) : undefined })}
      />
      <Select
        size="xs"
        aria-label={t("history.agent")}
        placeholder={t("history.anyAgent")}
        clearable
        searchable
        data={people}
        value={filter.agent ?? null}
        onChange={(agent) => change({ ...filter, agent: agent ?? undefined })}
      />
      {tags.length || filter.tag ? (
        <Select
          size="xs"
          className={styles.tag ?? ""}
          aria-label={t("history.tag")}
          placeholder={t("history.anyTag")}
          clearable
          searchable
          data={tags.map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.tag ?? null}
          onChange={(tag) => change({ ...filter, tag: tag ?? undefined })}
        />
      ) : null}
    </div>
  );
}

export function History({ filter, change, opened }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(filter.q ?? "");
  const [q] = useDebouncedValue(text.trim(), 250);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed goes into the address
  useEffect(() => {
    if ((filter.q ?? "") !== q) change({ ...filter, q: q || undefined });
  }, [q]);

  const { days, agent, tag } = filter;
  const from = useMemo(() => since(days), [days]);
  const query = useInfiniteQuery(searchQuery({ q, from, agent_id: agent, tag_id: tag }));
  const hits = query.data?.pages.flatMap(({ items }) => items) ?? [];
  // Not everybody's hits are counted beforehand: then the number is known once all of them are here.
  const total = query.data?.pages[0]?.total ?? (query.hasNextPage ? null : hits.length);
  const asked = q.length >= 2;

  return (
    <section className={styles.history} aria-labelledby="history-title">
      <header className={styles.head}>
        <h1 id="history-title">{t("shell.history")}</h1>
        <TextInput
          type="search"
          aria-label={t("history.search")}
          placeholder={t("history.search")}
          leftSection={
            query.isFetching ? (
              <Loader size={14} aria-hidden="true" />
            ) : (
              <IconSearch size={16} aria-hidden="true" />
            )
          }
          value={text}
          autoFocus
          maxLength={100}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Filters filter={filter} change={change} />
      </header>
      {asked ? (
        <div className={styles.results}>
          {query.isError && !query.data ? (
            <Failed error={query.error} retry={() => void query.refetch()} />
          ) : null}
          {query.isSuccess && total !== null ? (
            <p className={styles.total} role="status">
              {total > 1000 ? t("history.many") : t("history.total", { count: total })}
            </p>
          ) : null}
          {query.isSuccess && hits.length === 0 ? (
            <Nothing icon={<IconMoodEmpty size={28} />} title={t("history.none", { q })}>
              {t("history.noneHint")}
            </Nothing>
          ) : null}
          <ul className={styles.hits}>
            {hits.map((hit) => (
              <Hit
                key={hit.entry_id}
                hit={hit}
                selected={opened.conversation === hit.conversation.id && opened.at === hit.seq}
              />
            ))}
          </ul>
          {query.hasNextPage ? (
            <Button
              className={styles.more ?? ""}
              variant="default"
              size="xs"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t("common.loadMore")}
            </Button>
          ) : null}
        </div>
      ) : (
        <div className={styles.results}>
          <p className={styles.teach}>
            <IconHistory size={16} aria-hidden="true" /> {t("history.teach")}
          </p>
          <Recent opened={opened.conversation} tag={tag} />
        </div>
      )}
    </section>
  );
}
