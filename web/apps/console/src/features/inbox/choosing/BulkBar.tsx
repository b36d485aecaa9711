import type { ConversationState } from "@frontdesk/realtime";
import { Button, CloseButton } from "@mantine/core";
import { useState } from "react";
import { bulk as words } from "../../../i18n/en/bulk.ts";
import { snoozing } from "../../../i18n/en/snoozing.ts";
import { addEnglish } from "../../../i18n/i18n.ts";
import { useTranslation } from "../../../i18n/translation.tsx";
import { can } from "../../../shared/session/permissions.ts";
import { useMe } from "../../../shared/session/session.ts";
import { useStore } from "../../../shared/store.ts";
import { BulkDialog, type BulkKind } from "./BulkDialog.tsx";
import styles from "./bulk.module.css";
import { choice, choose } from "./choice.ts";

addEnglish({ bulk: words, snoozing });

const kinds: readonly BulkKind[] = ["close", "tag", "assign", "snooze", "flag", "macro"];

/** What can be done to all that are chosen. */
export default function BulkBar({ listed }: { listed: readonly ConversationState[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const chosen = useStore(choice);
  const [kind, setKind] = useState<BulkKind | null>(null);
  const shown = listed.map(({ snapshot }) => snapshot.id);
  const names = new Map(listed.map(({ snapshot }) => [snapshot.id, snapshot.contact.name]));
  const possible = can(me, "conversation.write_own")
    ? kinds.filter((each) => each !== "assign" || can(me, "conversation.transfer"))
    : [];
  return (
    <>
      <section className={styles.bar} aria-label={t("bulk.title")}>
        <div className={styles.line}>
          <strong aria-live="polite">{t("bulk.chosen", { count: chosen.size })}</strong>
          {shown.some((id) => !chosen.has(id)) ? (
            <Button size="compact-xs" variant="subtle" onClick={() => choose(shown)}>
              {t("bulk.all", { count: shown.length })}
            </Button>
          ) : null}
          <CloseButton ms="auto" aria-label={t("bulk.none")} onClick={() => choose([])} />
        </div>
        <div className={styles.line}>
          {possible.map((each) => (
            <Button
              key={each}
              size="compact-sm"
              variant="default"
              disabled={chosen.size === 0}
              onClick={() => setKind(each)}
            >
              {t(`bulk.do.${each}`)}
            </Button>
          ))}
        </div>
      </section>
      {kind ? <BulkDialog kind={kind} names={names} close={() => setKind(null)} /> : null}
    </>
  );
}
