import type { Routing } from "@frontdesk/api";
import { ActionIcon, Button, NumberInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../staff.module.css";

type Steps = Routing["relaxations"];

interface Props {
  readonly steps: Steps;
  readonly set: (steps: Steps) => void;
}

export function Relaxations({ steps, set }: Props) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Steps[number]>) =>
    set(steps.map((step, index) => (index === at ? { ...step, ...part } : step)));
  return (
    <fieldset className={styles.group}>
      <legend>{t("routing.relaxations")}</legend>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
        <div key={at} className={styles.line}>
          <NumberInput
            label={t("routing.afterSeconds")}
            min={1}
            max={86_400}
            allowDecimal={false}
            value={step.after_s}
            onChange={(value) => change(at, { after_s: Number(value) || 1 })}
          />
          <NumberInput
            label={t("routing.lowerBy")}
            min={1}
            max={5}
            allowDecimal={false}
            value={step.lower_by}
            onChange={(value) => change(at, { lower_by: Number(value) || 1 })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            mb={4}
            aria-label={t("routing.remove")}
            onClick={() => set(steps.filter((_, index) => index !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        variant="subtle"
        onClick={() => set([...steps, { after_s: 60, lower_by: 1 }])}
      >
        {t("routing.addRelaxation")}
      </Button>
    </fieldset>
  );
}
