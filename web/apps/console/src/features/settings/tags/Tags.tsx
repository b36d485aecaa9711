import type { Tag } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { IconPlus, IconTags } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../../../shared/admin/admin.module.css";
import { tagsQuery } from "../../../shared/api/queries.ts";
import { TagChip } from "../../../shared/tags/TagChip.tsx";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";
import { TagForm } from "./TagForm.tsx";

/** What customers and conversations can be marked with. */
export function Tags() {
  const { t } = useTranslation();
  const query = useQuery(tagsQuery);
  const [edited, setEdited] = useState<Tag | "new" | null>(null);
  const tags = query.data ?? [];
  return (
    <>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && tags.length === 0 ? (
        <Nothing icon={<IconTags size={28} />} title={t("tags.empty")}>
          {t("tags.emptyHint")}
        </Nothing>
      ) : null}
      <ul className={styles.rows} hidden={tags.length === 0}>
        {tags.map((tag) => (
          <li key={tag.id}>
            <button
              type="button"
              className={styles.row}
              data-off={tag.archived || undefined}
              onClick={() => setEdited(tag)}
            >
              <span className={styles.main}>
                <span>
                  <TagChip tag={tag} />
                </span>
              </span>
              <span className={styles.aside}>{tag.archived ? t("fields.archive") : null}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPlus size={16} />}
        disabled={!query.data}
        onClick={() => setEdited("new")}
      >
        {t("tags.new")}
      </Button>
      {edited ? (
        <TagForm
          tag={edited === "new" ? null : edited}
          used={tags.map(({ color }) => color)}
          close={() => setEdited(null)}
        />
      ) : null}
    </>
  );
}
