import type { ContactChange, FieldValue } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import {
  agentsQuery,
  contactChangesQuery,
  contactFieldsQuery,
  tagsQuery,
} from "../../shared/api/queries.ts";
import { dateTime } from "../../shared/format/time.ts";
import styles from "./contact.module.css";

const facts = ["name", "email", "phone", "company", "remark", "external_id"] as const;

function Change({ change }: { change: ContactChange }) {
  const { t, i18n } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: fields = [] } = useQuery(contactFieldsQuery);
  const { data: tags = [] } = useQuery(tagsQuery);
  const agent = agents.find(({ id }) => id === change.agent_id);
  const who =
    change.source === "agent"
      ? agent?.name || agent?.nickname || t("conversation.system.somebody")
      : t(`contact.source.${change.source}`);
  const known = facts.find((name) => name === change.field);
  const key = change.field.replace(/^(fields|tags)\./, "");
  const tag = change.field.startsWith("tags.")
    ? (tags.find(({ id }) => id === key)?.name ?? key)
    : "";
  const what = tag
    ? t("tags.one")
    : change.field === "merged"
      ? t("merging.changed")
      : known
        ? t(`contact.${known}`)
        : (fields.find((field) => field.key === key)?.label ?? key);
  const shown = (value: FieldValue | null) =>
    tag && value
      ? tag
      : typeof value === "boolean"
        ? t(value ? "fields.yes" : "fields.no")
        : String(value ?? "");
  return (
    <li className={styles.change}>
      <p>
        <strong>{what}</strong> · {who}
        {", "}
        <time dateTime={new Date(change.at).toISOString()}>
          {dateTime(change.at, Date.now(), i18n.language)}
        </time>
      </p>
      <p>
        {shown(change.before) ? <del>{shown(change.before)}</del> : null}
        {shown(change.after) ? <ins>{shown(change.after)}</ins> : null}
      </p>
    </li>
  );
}

/** Who changed what of a contact; fetched only when somebody asks. */
export function Changes({ contact }: { contact: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const query = useInfiniteQuery({ ...contactChangesQuery(contact), enabled: open });
  const changes = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <details className={styles.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("contact.changes")}</summary>
      {query.isSuccess && changes.length === 0 ? (
        <p className={styles.none}>{t("contact.changesNone")}</p>
      ) : null}
      {query.isError ? <p className={styles.none}>{t("error.title")}</p> : null}
      <ul className={styles.list}>
        {changes.map((change) => (
          <Change key={change.id} change={change} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : null}
    </details>
  );
}
