import { Button } from "@mantine/core";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "./translation.module.css";

/** What one wrote oneself, beside its translation in the field. */
export function Original({ text, restore }: { text: string; restore: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.original}>
      <p dir="auto">
        <b>{t("translation.original")}</b>
        {text}
      </p>
      <Button size="compact-xs" variant="subtle" onClick={restore}>
        {t("translation.restore")}
      </Button>
    </div>
  );
}
