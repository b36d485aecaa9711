import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { categoriesQuery } from "../../../shared/api/queries.ts";
import pills from "../../../shared/wrapUp/wrapUp.module.css";
import { categoryGroups } from "./categories.ts";
import styles from "./dialogs.module.css";

interface Props {
  readonly value: string;
  readonly choose: (path: string) => void;
}

/** Every category at one glance, grouped by what stands above it: one click, not three menus. */
export function CategoryPicker({ value, choose }: Props) {
  const { t } = useTranslation();
  const { data = [], isSuccess } = useQuery(categoriesQuery);
  const groups = useMemo(() => categoryGroups(data), [data]);
  return (
    <fieldset className={styles.categories}>
      <legend>{t("closing.category")}</legend>
      {groups.map(({ name, leaves }) => (
        <fieldset key={name} className={styles.branch}>
          {name ? <legend>{name}</legend> : null}
          <div className={pills.pills}>
            {leaves.map(({ path, label }) => (
              <label key={path} className={pills.pill}>
                <input
                  type="radio"
                  name="category"
                  checked={value === path}
                  onChange={() => choose(path)}
                />
                <span>{label}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {isSuccess && data.length === 0 ? (
        <p className={styles.none}>{t("closing.categoryNone")}</p>
      ) : null}
    </fieldset>
  );
}
