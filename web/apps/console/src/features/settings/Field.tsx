import type { Phrases, SettingValue, Texts, Tongue } from "@frontdesk/api";
import { NumberInput, Switch, Textarea } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { exactSpan } from "../../shared/format/time.ts";
import type { SettingName } from "./fields.ts";

interface Props {
  readonly name: SettingName;
  readonly value: SettingValue;
  readonly standard: SettingValue | undefined;
  readonly change: (value: SettingValue) => void;
}

const tongues: readonly (readonly [Tongue, string])[] = [
  ["zh-CN", "简体中文"],
  ["en", "English"],
];

function shown(value: string | readonly string[]): string {
  return typeof value === "string" ? value : value.join("\n");
}

function Localized({ value, change }: { value: Texts | Phrases; change: Props["change"] }) {
  return tongues.map(([tongue, label]) => (
    <Textarea
      key={tongue}
      label={label}
      autosize
      minRows={2}
      maxRows={8}
      mt="xs"
      value={shown(value[tongue])}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const own = typeof value[tongue] === "string" ? text : text.split("\n");
        change({ ...value, [tongue]: own } as Texts | Phrases);
      }}
    />
  ));
}

export function Field({ name, value, standard, change }: Props) {
  const { t, i18n } = useTranslation();
  const id = useId();
  const words = t(`settings.field.${name}`);
  const hint = t(`settings.fieldHint.${name}`);
  if (typeof value === "boolean") {
    return (
      <div className={styles.field}>
        <div>
          <label htmlFor={id}>{words}</label>
          <small>{hint}</small>
        </div>
        <Switch id={id} checked={value} onChange={(event) => change(event.currentTarget.checked)} />
      </div>
    );
  }
  if (typeof value !== "number") {
    return (
      <div className={styles.field} data-wide>
        <div>
          <strong>{words}</strong>
          <small>{hint}</small>
        </div>
        <div>
          <Localized value={value} change={change} />
        </div>
      </div>
    );
  }
  const shownStandard = (amount: number) =>
    name.endsWith("_s") ? exactSpan(amount, i18n.language) : String(amount);
  const unit = name.endsWith("_s") ? "seconds" : name.endsWith("_days") ? "days" : null;
  return (
    <div className={styles.field}>
      <div>
        <label htmlFor={id}>{words}</label>
        <small>
          {hint}
          {typeof standard === "number"
            ? ` ${t("settings.standard", { value: shownStandard(standard) })}`
            : null}
        </small>
      </div>
      <NumberInput
        id={id}
        min={name === "rating_levels" ? 2 : 0}
        {...(name === "rating_levels" ? { max: 5 } : {})}
        allowDecimal={false}
        suffix={unit ? ` ${t(`settings.unit.${unit}`)}` : ""}
        value={value}
        onChange={(next) => change(Number(next) || 0)}
      />
    </div>
  );
}
