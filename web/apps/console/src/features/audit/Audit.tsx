import type { AuditAction } from "@frontdesk/api";
import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconShieldSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { Page } from "../../shared/admin/Page.tsx";
import { type AuditFilter, auditQuery } from "../../shared/api/audit.ts";
import { agentsQuery } from "../../shared/api/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { Deed } from "./Deed.tsx";
import { Tools } from "./Tools.tsx";
import { useActions } from "./useActions.ts";

const days = { day: 1, week: 7, month: 30, always: 0 } as const;
type Days = keyof typeof days;

/** From the beginning of the minute: the question stays the same while its answer is read. */
function since(when: Days): number | undefined {
  const minute = 60_000;
  const span = days[when] * 24 * 60 * minute;
  return span ? Math.floor(Date.now() / minute) * minute - span : undefined;
}

export function Audit() {
  const { t } = useTranslation();
  const [actor, setActor] = useState<string | null>(null);
  const [action, setAction] = useState<string | null>(null);
  const [when, setWhen] = useState<Days>("week");
  const from = useMemo(() => since(when), [when]);
  const filter: AuditFilter = {
    actor: actor ?? undefined,
    action: (action ?? undefined) as AuditAction | undefined,
    since: from,
  };
  const agents = useQuery(agentsQuery);
  const actions = useActions();
  const query = useInfiniteQuery(auditQuery(filter));
  const entries = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t("shell.audit")} hint={t("audit.hint")} actions={<Tools filter={filter} />}>
      <div className={styles.tools}>
        <Select
          size="xs"
          aria-label={t("audit.who")}
          placeholder={t("audit.anybody")}
          clearable
          searchable
          data={(agents.data ?? [])
            .filter(({ kind }) => kind === "human")
            .map(({ id, name, nickname }) => ({ value: id, label: name || nickname }))}
          value={actor}
          onChange={setActor}
        />
        <Select
          size="xs"
          aria-label={t("audit.what")}
          placeholder={t("audit.anything")}
          clearable
          searchable
          data={actions}
          value={action}
          onChange={setAction}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("audit.when")}
          data={(Object.keys(days) as Days[]).map((each) => ({
            value: each,
            label: t(`audit.${each}`),
          }))}
          value={when}
          onChange={(value) => setWhen(value as Days)}
        />
      </div>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && entries.length === 0 ? (
        <Nothing icon={<IconShieldSearch size={28} />} title={t("audit.none")}>
          {t("audit.noneHint")}
        </Nothing>
      ) : null}
      <ul className={styles.rows} hidden={entries.length === 0}>
        {entries.map((entry) => (
          <Deed key={entry.seq} entry={entry} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          mt="md"
          size="xs"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : null}
    </Page>
  );
}
