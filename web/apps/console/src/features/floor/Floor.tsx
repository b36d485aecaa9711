import { useTranslation } from "../../i18n/translation.tsx";
import { Agents } from "./Agents.tsx";
import styles from "./floor.module.css";
import { Promised } from "./Promised.tsx";
import { Queue } from "./Queue.tsx";

/** The supervisor's view: who waits on one side, who answers on the other, both by the live connection. */
export function Floor() {
  const { t } = useTranslation();
  return (
    <div className={styles.floor}>
      <header className={styles.head}>
        <h1>{t("floor.title")}</h1>
        <p>{t("floor.hint")}</p>
      </header>
      <Promised />
      <div className={styles.sides}>
        <Queue />
        <Agents />
      </div>
    </div>
  );
}
