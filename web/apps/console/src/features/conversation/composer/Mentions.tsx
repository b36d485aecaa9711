import { useTranslation } from "../../../i18n/translation.tsx";
import { Face } from "../../../shared/ui/Face.tsx";
import styles from "./composer.module.css";
import type { useMentions } from "./useMentions.ts";

interface Props {
  readonly id: string;
  readonly mentions: ReturnType<typeof useMentions>;
  readonly choose: (name: string) => void;
}

/** Belongs to the text field, as the saved replies do. */
export function Mentions({ id, mentions, choose }: Props) {
  const { t } = useTranslation();
  const { found, index, query } = mentions;
  return (
    <div className={styles.saved}>
      <div
        id={id}
        role="listbox"
        tabIndex={0}
        aria-label={t("mentions.choose")}
        className={styles.savedList}
      >
        {found.map(({ id: agent, name, avatar_url, status }, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the text field's
          <div
            key={agent}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === index}
            className={`${styles.savedItem} ${styles.person}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(name)}
          >
            <Face id={agent} name={name} src={avatar_url} size={26} status={status} />
            <span>{name}</span>
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p className={styles.savedNone} role="status">
          {t("mentions.nobody", { query })}
        </p>
      ) : null}
      <p className={styles.savedHint}>{t("mentions.hint")}</p>
    </div>
  );
}
