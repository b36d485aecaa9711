import { Button, Group, Progress } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useRefusal } from "../../../shared/macros/useRefusal.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import styles from "./bulk.module.css";
import { type Deed, refusedOf, undoing } from "./bulk.ts";
import { choice, choose } from "./choice.ts";
import { DeedForm } from "./DeedForm.tsx";
import { useBulk } from "./useBulk.ts";

export type BulkKind = "close" | "tag" | "assign" | "snooze" | "flag" | "macro";

interface Props {
  readonly kind: BulkKind;
  readonly names: ReadonlyMap<string, string>;
  readonly close: () => void;
}

/** What is to be done, then how far it is, then what became of it. */
export function BulkDialog({ kind, names, close }: Props) {
  const { t } = useTranslation();
  const why = useRefusal();
  const [ids] = useState(() => [...choice.get()]);
  const [known] = useState(names);
  const { runs, left, work, stop } = useBulk(ids);
  // Not before: with nothing chosen the bar is gone, and this with it.
  const leave = () => {
    choose(left);
    close();
  };
  const asked = work.variables;
  const start = (deed: Deed) => work.mutate({ ids, deed });
  const refused = runs.flatMap((run) => {
    const taken = refusedOf(run);
    return taken?.error ? [{ id: run.conversation_id, why: why(taken.error) }] : [];
  });
  const undo = asked && !work.isPending ? undoing(asked.deed, runs) : undefined;
  const count = asked?.ids.length ?? ids.length;
  return (
    <Dialog
      opened
      onClose={work.isPending ? () => undefined : leave}
      withCloseButton={!work.isPending}
      title={t(`bulk.ask.${kind}`, { count: ids.length })}
    >
      {asked ? (
        <div role="status">
          <p className={styles.said}>
            {t(work.isPending ? "bulk.going" : "bulk.done", {
              done: runs.length - refused.length,
              count,
            })}
          </p>
          <Progress
            value={(runs.length / count) * 100}
            aria-label={t("bulk.progress")}
            color={refused.length ? "orange" : "tide"}
          />
          {work.isPending || runs.length === count ? null : (
            <p className={styles.said}>{t("bulk.left", { count: count - runs.length })}</p>
          )}
          {refused.length ? (
            <ul className={styles.refused} aria-label={t("bulk.refused")}>
              {refused.map((each) => (
                <li key={each.id}>
                  <strong>{known.get(each.id) ?? "…"}</strong>
                  <small>{each.why}</small>
                </li>
              ))}
            </ul>
          ) : null}
          <Group justify="flex-end" mt="md">
            {undo ? (
              <Button variant="default" onClick={() => work.mutate(undo)}>
                {t("bulk.undo", { count: undo.ids.length })}
              </Button>
            ) : null}
            {work.isPending ? (
              <Button variant="default" onClick={stop}>
                {t("bulk.stop")}
              </Button>
            ) : (
              <Button onClick={leave}>{t("common.close")}</Button>
            )}
          </Group>
        </div>
      ) : (
        <DeedForm kind={kind} count={ids.length} start={start} close={close} />
      )}
    </Dialog>
  );
}
