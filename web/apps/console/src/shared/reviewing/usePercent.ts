import { useTranslation } from "../../i18n/translation.tsx";

/** A result as the language writes it; a dash where there is none. */
export function usePercent(digits = 0): (percent: number | null) => string {
  const { i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language, {
    style: "percent",
    maximumFractionDigits: digits,
  });
  return (percent) => (percent === null ? "–" : format.format(percent / 100));
}
