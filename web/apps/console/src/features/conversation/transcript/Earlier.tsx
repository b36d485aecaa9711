import type { Entry, Snapshot } from "@frontdesk/realtime";
import { useTranslation } from "../../../i18n/translation.tsx";
import { fullTime } from "../../../shared/format/time.ts";
import { Lines } from "./Lines.tsx";
import styles from "./transcript.module.css";

interface Page {
  readonly snapshot: Snapshot;
  readonly entries: readonly Entry[];
}

/** Pages of the same conversation belong together; the oldest conversation comes first. */
export function joined(pages: readonly Page[]): Page[] {
  const found = new Map<string, Page>();
  for (const { snapshot, entries } of pages) {
    const later = found.get(snapshot.id)?.entries ?? [];
    found.set(snapshot.id, { snapshot, entries: [...entries, ...later] });
  }
  return [...found.values()].reverse();
}

interface Props {
  readonly pages: readonly Page[];
  readonly complete: boolean;
}

/** What this contact and we said to each other before; to be read, not to be answered. */
export function Earlier({ pages, complete }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {complete ? <p className={styles.beginning}>{t("conversation.beginning")}</p> : null}
      {joined(pages).map(({ snapshot, entries }) => {
        const date = fullTime(snapshot.opened_at, i18n.language);
        return (
          <section key={snapshot.id} className={styles.earlier}>
            <h2>{t("conversation.earlier", { date })}</h2>
            <Lines snapshot={snapshot} entries={entries} from={1} />
          </section>
        );
      })}
      {pages.length ? <h2 className={styles.current}>{t("conversation.current")}</h2> : null}
    </>
  );
}
