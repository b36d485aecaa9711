import { Button } from "@mantine/core";
import { IconClipboardCheck, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import admin from "../../../shared/admin/admin.module.css";
import { useSave } from "../../../shared/admin/useSave.ts";
import { quality, scorecardQuery } from "../../../shared/reviewing/queries.ts";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";
import { CriterionLine } from "./CriterionLine.tsx";
import { bodyOf, type Line, linesOf, most, moved, problemOf } from "./lines.ts";
import styles from "./scorecard.module.css";

const examples = ["greeting", "understanding", "answer", "speed", "ending"] as const;

/** What conversations are judged by. */
export function ScorecardEditor() {
  const { t } = useTranslation();
  const query = useQuery(scorecardQuery);
  const [edited, setEdited] = useState<readonly Line[] | null>(null);
  const save = useSave(quality, () => setEdited(null));
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return null;
  const { version, criteria } = query.data;
  const lines = edited ?? linesOf(criteria);
  const problem = problemOf(lines);
  const total = lines.reduce((sum, { weight }) => sum + weight, 0);
  const set = (place: number, change: Partial<Line>) =>
    setEdited(lines.map((line, index) => (index === place ? { ...line, ...change } : line)));
  const add = (...names: readonly string[]) =>
    setEdited([...lines, ...linesOf(names.map((name) => ({ name, weight: 1 })))]);
  return (
    <>
      <p className={styles.hint}>{t("scorecard.hint")}</p>
      {lines.length === 0 ? (
        <Nothing
          icon={<IconClipboardCheck size={28} />}
          title={t("scorecard.none")}
          action={
            <Button
              variant="default"
              onClick={() => add(...examples.map((each) => t(`scorecard.examples.${each}`)))}
            >
              {t("scorecard.example")}
            </Button>
          }
        >
          {t("scorecard.noneHint")}
        </Nothing>
      ) : null}
      <ol className={styles.lines}>
        {lines.map((line, place) => (
          <CriterionLine
            key={line.key}
            line={line}
            place={place}
            count={lines.length}
            total={total}
            set={(change) => set(place, change)}
            move={(by) => setEdited(moved(lines, place, by))}
            remove={() => setEdited(lines.filter((_, index) => index !== place))}
          />
        ))}
      </ol>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPlus size={16} />}
        disabled={lines.length >= most}
        onClick={() => add("")}
      >
        {t("scorecard.add")}
      </Button>
      <div className={admin.sticky}>
        {problem === "twice" ? (
          <span className={styles.problem} role="alert">
            {t("scorecard.twice")}
          </span>
        ) : null}
        <Button
          loading={save.isPending}
          disabled={edited === null || problem !== null}
          onClick={() =>
            save.mutate([{ method: "PUT", path: "/v1/scorecard", body: bodyOf(version, lines) }])
          }
        >
          {t("common.save")}
        </Button>
      </div>
    </>
  );
}
