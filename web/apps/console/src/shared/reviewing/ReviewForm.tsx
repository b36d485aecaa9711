import type { Criterion, Review } from "@frontdesk/api";
import { Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../admin/FormDialog.tsx";
import { useSave } from "../admin/useSave.ts";
import { PointsField } from "./PointsField.tsx";
import { quality } from "./queries.ts";
import { percentOf } from "./result.ts";
import styles from "./reviewing.module.css";
import { usePercent } from "./usePercent.ts";

interface Props {
  readonly title: string;
  readonly path: string;
  readonly scorecard: number;
  readonly criteria: readonly Criterion[];
  /** One's own review that is changed. */
  readonly known: Review | undefined;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** Points for every criterion, a remark, and what it comes to while one gives them. */
export function ReviewForm({ title, path, scorecard, criteria, known, close, children }: Props) {
  const { t } = useTranslation();
  const format = usePercent();
  const save = useSave(quality, close);
  const [given, setGiven] = useState<readonly (number | null)[]>(() =>
    criteria.map((_, place) => known?.criteria[place]?.points ?? null),
  );
  const [remark, setRemark] = useState(known?.remark ?? "");
  const lines = criteria.map((each, place) => ({ ...each, points: given[place] ?? null }));
  const percent = percentOf(lines);
  const give = (place: number, points: number) =>
    setGiven((before) => before.map((each, index) => (index === place ? points : each)));
  const body = { scorecard, points: given, remark: remark.trim(), version: known?.version ?? 0 };
  return (
    <FormDialog
      title={title}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={given.every((points) => points !== null)}
      submit={() => save.mutate([{ method: "PUT", path, body }])}
      remove={known ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
    >
      {children}
      <div className={styles.criteria}>
        {lines.map((each, place) => (
          <PointsField
            key={each.name}
            name={each.name}
            weight={each.weight}
            value={each.points}
            first={place === 0}
            give={(points) => give(place, points)}
          />
        ))}
      </div>
      <p className={styles.result}>
        {t("reviewing.result")}
        <output>{format(percent)}</output>
      </p>
      <Textarea
        label={t("reviewing.remark")}
        description={t("reviewing.remarkHint")}
        autosize
        minRows={3}
        maxRows={8}
        maxLength={2000}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
