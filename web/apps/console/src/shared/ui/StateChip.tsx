import type { ConversationPhase } from "@frontdesk/realtime";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./ui.module.css";

export function StateChip({ state }: { state: ConversationPhase }) {
  const { t } = useTranslation();
  return (
    <span className={styles.chip} data-state={state}>
      {t(`states.${state}`)}
    </span>
  );
}
