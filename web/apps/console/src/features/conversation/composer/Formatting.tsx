import { ActionIcon } from "@mantine/core";
import { IconBold, IconItalic, IconLink, IconList } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "./marks.module.css";
import type { Mark } from "./text.ts";

const marks = [
  ["bold", IconBold],
  ["italic", IconItalic],
  ["list", IconList],
  ["link", IconLink],
] as const satisfies readonly (readonly [Mark, unknown])[];

/** The marks that visitors see drawn, while formatting is on. */
export function Formatting({ mark }: { mark: (mark: Mark) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.formatting} aria-label={t("composer.format")}>
      {marks.map(([name, Icon]) => (
        <ActionIcon
          key={name}
          data-hint={t(`composer.${name}`)}
          variant="subtle"
          color="gray"
          size="md"
          aria-label={t(`composer.${name}`)}
          onClick={() => mark(name)}
        >
          <Icon size={17} />
        </ActionIcon>
      ))}
      <small>{t("composer.formatHint")}</small>
    </fieldset>
  );
}
