import type { AttributeRule, Condition } from "@frontdesk/api";
import { Button, NumberInput } from "@mantine/core";
import { useTranslation } from "../../../i18n/translation.tsx";
import { Skills } from "../Skills.tsx";
import styles from "../staff.module.css";
import { ConditionLine } from "./ConditionLine.tsx";

interface Props {
  readonly rules: readonly AttributeRule[];
  readonly set: (rules: readonly AttributeRule[]) => void;
}

const fresh: Condition = { attribute: "language", test: "is", value: "" };

/** A list with one item changed, or taken out. */
function replaced<T>(items: readonly T[], at: number, item?: T): T[] {
  return items.flatMap((one, index) => (index === at ? (item === undefined ? [] : [item]) : [one]));
}

export function AttributeRules({ rules, set }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.group}>
      <legend>{t("routing.attributes")}</legend>
      {rules.length === 0 ? <p className={styles.hint}>{t("routing.noAttributes")}</p> : null}
      {rules.map((rule, at) => {
        const change = (part: Partial<AttributeRule>) =>
          set(replaced(rules, at, { ...rule, ...part }));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
          <div key={at} className={styles.card}>
            {rule.when.map((condition, place) => (
              <ConditionLine
                // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
                key={place}
                condition={condition}
                set={(next) => change({ when: replaced(rule.when, place, next) })}
                remove={
                  rule.when.length > 1
                    ? () => change({ when: replaced(rule.when, place) })
                    : undefined
                }
              />
            ))}
            <Skills
              label={t("staff.skills")}
              value={rule.needs ?? {}}
              set={(needs) => change({ needs })}
            />
            <NumberInput
              label={t("routing.headStart")}
              min={0}
              max={1800}
              allowDecimal={false}
              value={rule.head_start_s ?? 0}
              onChange={(value) => change({ head_start_s: Number(value) || 0 })}
            />
            <div className={styles.line}>
              <Button
                size="xs"
                variant="subtle"
                onClick={() => change({ when: [...rule.when, fresh] })}
              >
                {t("routing.and")}
              </Button>
              <Button
                size="xs"
                variant="subtle"
                color="red"
                onClick={() => set(replaced(rules, at))}
              >
                {t("routing.removeRule")}
              </Button>
            </div>
          </div>
        );
      })}
      <Button
        size="xs"
        variant="default"
        onClick={() => set([...rules, { when: [fresh], needs: {}, head_start_s: 0 }])}
      >
        {t("routing.addRule")}
      </Button>
    </fieldset>
  );
}
