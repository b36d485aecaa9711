import { ActionIcon, Button } from "@mantine/core";
import { IconFileText, IconX } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { bytes } from "../format/bytes.ts";
import styles from "./attachments.module.css";
import type { Attachment } from "./uploads.ts";

interface Props {
  readonly list: readonly Attachment[];
  readonly remove: (keys: readonly string[]) => void;
  readonly retry: (attachment: Attachment) => void;
}

export function Attachments({ list, remove, retry }: Props) {
  const { t } = useTranslation();
  if (list.length === 0) return null;
  return (
    <ul className={styles.list}>
      {list.map((each) => {
        const { name, size } = each;
        const percent = Math.round(each.progress * 100);
        return (
          <li key={each.key} className={styles.one} data-state={each.state}>
            {each.picture ? (
              <img src={each.picture} alt="" />
            ) : (
              <IconFileText size={28} stroke={1.4} aria-hidden="true" />
            )}
            <span className={styles.text}>
              <span dir="auto">{name}</span>
              {each.state === "failed" ? (
                <span className={styles.failed} role="alert">
                  {t("composer.uploadFailed", { name })}
                  <Button size="compact-xs" variant="subtle" onClick={() => retry(each)}>
                    {t("common.retry")}
                  </Button>
                </span>
              ) : (
                <small>{bytes(size)}</small>
              )}
              {each.state === "uploading" ? (
                <progress
                  value={each.progress}
                  aria-label={t("composer.uploading", { name, percent })}
                />
              ) : null}
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t("composer.remove", { name })}
              onClick={() => remove([each.key])}
            >
              <IconX size={14} />
            </ActionIcon>
          </li>
        );
      })}
    </ul>
  );
}
