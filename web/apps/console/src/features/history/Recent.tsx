import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../../i18n/translation.tsx";
import { conversationsQuery } from "../../shared/api/queries.ts";
import { dateTime } from "../../shared/format/time.ts";
import { Face } from "../../shared/ui/Face.tsx";
import { Failed } from "../../shared/ui/Failed.tsx";
import { wrapUpWords } from "../../shared/wrapUp/words.ts";
import styles from "./history.module.css";

interface Props {
  readonly opened: string | undefined;
  readonly tag: string | undefined;
}

/** What was closed last, until somebody searches. */
export function Recent({ opened, tag }: Props) {
  const { t, i18n } = useTranslation();
  const query = useInfiniteQuery(conversationsQuery("closed", tag ? { tag_id: tag } : undefined));
  const recent = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isError && !query.data) {
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  if (recent.length === 0) return null;
  return (
    <>
      <h2 className={styles.total}>{t("history.recent")}</h2>
      <ul className={styles.hits}>
        {recent.map((each) => (
          <li key={each.id}>
            <Link
              to="/history"
              search={(before) => ({ ...before, open: each.id, at: undefined })}
              className={styles.hit}
              data-selected={each.id === opened || undefined}
              aria-current={each.id === opened ? "true" : undefined}
            >
              <Face id={each.contact.id} name={each.contact.name} size={34} />
              <span className={styles.hitBody}>
                <span className={styles.hitTop}>
                  <strong dir="auto">{each.contact.name}</strong>
                  <time dateTime={new Date(each.closed_at ?? each.opened_at).toISOString()}>
                    {dateTime(each.closed_at ?? each.opened_at, Date.now(), i18n.language)}
                  </time>
                </span>
                <span className={styles.snippet} dir="auto">
                  {each.agent ? <bdi className={styles.by}>{each.agent.name} · </bdi> : null}
                  {(each.wrap_up && wrapUpWords(t, each.wrap_up)) || each.last_message?.preview}
                </span>
              </span>
            </Link>
          </li>
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
    </>
  );
}
