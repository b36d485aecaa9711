import type { QuickReply } from "@frontdesk/api";
import { IconId, IconPaperclip } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./enclosed.module.css";

/** What goes with the words of a saved reply. */
export function Enclosed({ reply: { attachments, card } }: { readonly reply: QuickReply }) {
  const { t } = useTranslation();
  const count = attachments.length;
  if (count === 0 && !card) return null;
  return (
    <span className={styles.enclosed}>
      {count ? (
        <span role="img" aria-label={t("composer.enclosedFiles", { count })}>
          <IconPaperclip size={13} aria-hidden="true" /> {count}
        </span>
      ) : null}
      {card ? (
        <span role="img" aria-label={t("composer.enclosedCard")}>
          <IconId size={14} aria-hidden="true" />
        </span>
      ) : null}
    </span>
  );
}
