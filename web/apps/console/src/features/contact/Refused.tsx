import { Button } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./contact.module.css";

interface Props {
  readonly text: string;
  readonly why: string;
  readonly again: () => void;
  readonly discard: () => void;
}

/** What somebody wrote and the server did not take, so that it is not lost. */
export function Refused({ text, why, again, discard }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.refused} role="alert">
      <p>
        <bdi>{t("contact.refused", { text: text || "–" })}</bdi> {why}
      </p>
      <Button size="compact-xs" variant="default" onClick={again}>
        {t("contact.again")}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={discard}>
        {t("contact.discard")}
      </Button>
    </div>
  );
}
