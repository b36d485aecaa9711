import { memo } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useStore } from "../../../shared/store.ts";
import styles from "../inbox.module.css";
import { choice, toggle } from "./choice.ts";

interface Props {
  readonly id: string;
  readonly name: string;
  /** The list as it stands, for what lies between two. */
  readonly order: () => readonly string[];
}

/** Lies over the face: seen when one points at it or has chosen something; a tap on the face is enough. */
export const Chooser = memo(function Chooser({ id, name, order }: Props) {
  const { t } = useTranslation();
  const chosen = useStore(choice);
  return (
    <input
      type="checkbox"
      className={styles.chooser}
      data-seen={chosen.size > 0 || undefined}
      aria-label={t("inbox.choose", { name })}
      checked={chosen.has(id)}
      onChange={(event) => {
        const shift = (event.nativeEvent as MouseEvent).shiftKey;
        toggle(id, shift ? order() : undefined);
      }}
    />
  );
});
