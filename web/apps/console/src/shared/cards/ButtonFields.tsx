import { ActionIcon, SegmentedControl, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { type ButtonDraft, lacksOf, most } from "./drafting.ts";
import styles from "./fields.module.css";

interface Props {
  readonly at: number;
  readonly button: ButtonDraft;
  /** Whether what is missing is told. */
  readonly tried: boolean;
  readonly change: (button: ButtonDraft) => void;
  readonly remove: () => void;
}

export function ButtonFields({ at, button, tried, change, remove }: Props) {
  const { t } = useTranslation();
  const lacks = tried ? lacksOf(button) : {};
  const { does } = button;
  return (
    <fieldset className={styles.button}>
      <legend>{t("cards.button", { at })}</legend>
      <div className={styles.does}>
        <SegmentedControl
          size="xs"
          aria-label={t("cards.does")}
          data={[
            { value: "reply", label: t("cards.reply") },
            { value: "link", label: t("cards.link") },
          ]}
          value={does}
          onChange={(value) => change({ ...button, does: value as ButtonDraft["does"] })}
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("cards.remove", { at })}
          onClick={remove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      <div className={styles.pair}>
        <TextInput
          label={t("cards.label")}
          maxLength={most.label}
          value={button.label}
          error={lacks.label ? t(`cards.${lacks.label}`) : null}
          onChange={(event) => change({ ...button, label: event.currentTarget.value })}
        />
        <TextInput
          label={t(does === "link" ? "cards.address" : "cards.says")}
          type={does === "link" ? "url" : "text"}
          placeholder={does === "link" ? "https://" : ""}
          maxLength={most[does]}
          value={button[does]}
          error={lacks.does ? t(`cards.${lacks.does}`) : null}
          onChange={(event) => change({ ...button, [does]: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}
