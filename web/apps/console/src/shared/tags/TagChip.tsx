import type { Tag } from "@frontdesk/api";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./tags.module.css";

interface Props {
  readonly tag: Pick<Tag, "name" | "color">;
  readonly remove?: (() => void) | undefined;
}

export function TagChip({ tag, remove }: Props) {
  const { t } = useTranslation();
  return (
    <span className={styles.tag} data-color={tag.color} title={tag.name}>
      <span>
        <bdi>{tag.name}</bdi>
      </span>
      {remove ? (
        <button
          type="button"
          className={styles.remove}
          aria-label={t("tags.remove", { name: tag.name })}
          onClick={remove}
        >
          <IconX size={12} aria-hidden="true" />
        </button>
      ) : null}
    </span>
  );
}
