import { Button, CopyButton, Group } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./second-factor.module.css";

interface Props {
  readonly codes: readonly string[];
  readonly done: () => void;
}

/** The codes, which nobody can show again. */
export function RecoveryCodes({ codes, done }: Props) {
  const { t } = useTranslation();
  const text = codes.join("\n");
  return (
    <div className={styles.setup}>
      <p>{t("secondFactor.keep")}</p>
      <ul className={styles.codes} aria-label={t("secondFactor.recoveryCodes")}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Group gap="xs">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? "secondFactor.copied" : "secondFactor.copyAll")}
            </Button>
          )}
        </CopyButton>
        <Button
          component="a"
          variant="default"
          href={`data:text/plain,${encodeURIComponent(`${text}\n`)}`}
          download="frontdesk-recovery-codes.txt"
        >
          {t("secondFactor.save")}
        </Button>
        <Button ms="auto" onClick={done}>
          {t("secondFactor.kept")}
        </Button>
      </Group>
    </div>
  );
}
