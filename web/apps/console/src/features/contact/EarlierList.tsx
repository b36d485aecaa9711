import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../../i18n/translation.tsx";
import { contactConversationsQuery } from "../../shared/api/queries.ts";
import { dateTime } from "../../shared/format/time.ts";
import { wrapUpWords } from "../../shared/wrapUp/words.ts";
import styles from "./contact.module.css";

export function EarlierList({
  contact,
  current,
}: {
  contact: string;
  current: string | undefined;
}) {
  const { t, i18n } = useTranslation();
  const query = useInfiniteQuery(contactConversationsQuery(contact));
  const others = (query.data?.pages.flatMap(({ items }) => items) ?? []).filter(
    ({ id }) => id !== current,
  );
  return (
    <section className={styles.section}>
      <h3>{t("contact.earlier")}</h3>
      {query.isSuccess && others.length === 0 ? (
        <p className={styles.none}>{t("contact.earlierNone")}</p>
      ) : null}
      <ul className={styles.list}>
        {others.map((each) => (
          <li key={each.id}>
            <Link to="/history" search={{ open: each.id }} className={styles.earlier}>
              <span className={styles.earlierTop}>
                <time dateTime={new Date(each.opened_at).toISOString()}>
                  {dateTime(each.opened_at, Date.now(), i18n.language)}
                </time>
                {each.agent ? <span>{each.agent.name}</span> : null}
              </span>
              <span className={styles.earlierText} dir="auto">
                {(each.wrap_up && wrapUpWords(t, each.wrap_up)) ||
                  each.last_message?.preview ||
                  t("conversation.system.opened")}
              </span>
            </Link>
          </li>
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
    </section>
  );
}
