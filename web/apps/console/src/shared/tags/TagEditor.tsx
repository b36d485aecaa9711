import type { Tag } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { tagsQuery } from "../api/queries.ts";
import { TagChip } from "./TagChip.tsx";
import { TagFinder } from "./TagFinder.tsx";
import styles from "./tags.module.css";

interface Props {
  readonly label: string;
  readonly ids: readonly string[];
  readonly locked: boolean;
  readonly add: (tag: Tag) => void;
  readonly remove: (tag: Tag) => void;
}

/** The tags of something, each with its way off, and the way to another one. */
export function TagEditor({ label, ids, locked, add, remove }: Props) {
  const { t } = useTranslation();
  const { data: known = [] } = useQuery(tagsQuery);
  const held = known.filter(({ id }) => ids.includes(id));
  return (
    <ul className={styles.tags} aria-label={label}>
      {held.map((tag) => (
        <li key={tag.id}>
          <TagChip tag={tag} remove={locked ? undefined : () => remove(tag)} />
        </li>
      ))}
      {locked && held.length === 0 ? <li>{t("tags.none")}</li> : null}
      {locked ? null : (
        <li>
          <TagFinder
            label={t("tags.addTo", { label })}
            offered={known.filter(({ id, archived }) => !archived && !ids.includes(id))}
            known={known}
            choose={add}
          />
        </li>
      )}
    </ul>
  );
}
