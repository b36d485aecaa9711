import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import { type Period, periods } from "./periods.ts";

interface Props {
  readonly value: Period;
  readonly choose: (period: Period) => void;
}

export function PeriodChoice({ value, choose }: Props) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("quality.when")}
      data={(Object.keys(periods) as Period[]).map((each) => ({
        value: each,
        label: t(`quality.${each}`),
      }))}
      value={value}
      onChange={(period) => choose(period as Period)}
    />
  );
}
