import type { Webhook } from "@frontdesk/api";
import { useTranslation } from "../../i18n/translation.tsx";
import chips from "../../shared/ui/ui.module.css";
import styles from "./webhooks.module.css";

/** Whether it is told anything, and whether what it is told arrives. */
export function Standing({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const { enabled, disabled_for, failing_since } = webhook;
  const standing = enabled ? (failing_since === null ? "on" : "failing") : "off";
  const words = enabled
    ? t(`webhooks.standing.${failing_since === null ? "on" : "failing"}`)
    : t(`webhooks.off.${disabled_for ?? "asked"}`);
  return (
    <span className={`${chips.chip} ${styles.standing}`} data-standing={standing}>
      {words}
    </span>
  );
}
