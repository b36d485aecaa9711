import type { FieldValue } from "@frontdesk/api";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "./merging.module.css";
import type { Pick, Row } from "./rows.ts";

interface Props {
  readonly row: Row;
  readonly pick: Pick;
  readonly choose: (pick: Pick) => void;
}

/** One fact of both, side by side; where they differ, one of them is chosen. */
export function Choice({ row, pick, choose }: Props) {
  const { t } = useTranslation();
  const label = row.fact ? t(`contact.${row.fact}`) : row.label;
  const shown = (value: FieldValue | "") =>
    typeof value === "boolean"
      ? t(value ? "fields.yes" : "fields.no")
      : value === ""
        ? t("merging.nothing")
        : String(value);
  if (!row.differs) {
    return (
      <div className={styles.row}>
        <span className={styles.label}>{label}</span>
        {(["kept", "other"] as const).map((side) => (
          <span key={side} className={styles.plain} data-empty={row[side] === "" || undefined}>
            <bdi>{shown(row[side])}</bdi>
          </span>
        ))}
      </div>
    );
  }
  const name = `merge-${row.name}`;
  return (
    <fieldset className={styles.row} aria-label={t("merging.choose", { label })}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      {(["kept", "other"] as const).map((side) => (
        <label key={side} className={styles.choice}>
          <input type="radio" name={name} checked={pick === side} onChange={() => choose(side)} />
          <bdi>{shown(row[side])}</bdi>
        </label>
      ))}
      {row.fact === "remark" ? (
        <label className={styles.choice} data-both>
          <input
            type="radio"
            name={name}
            checked={pick === "both"}
            onChange={() => choose("both")}
          />
          {t("merging.both")}
        </label>
      ) : null}
    </fieldset>
  );
}
