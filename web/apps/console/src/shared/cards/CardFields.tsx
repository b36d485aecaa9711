import { Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import type { useAttachments } from "../uploads/uploads.ts";
import { ButtonFields } from "./ButtonFields.tsx";
import { Card } from "./Card.tsx";
import { type ButtonDraft, bodyOf, type CardDraft, most, newButton } from "./drafting.ts";
import styles from "./fields.module.css";
import { PictureField } from "./PictureField.tsx";

interface Props {
  readonly card: CardDraft;
  readonly change: (card: CardDraft) => void;
  /** Holds the picture, if there is one. */
  readonly attachments: ReturnType<typeof useAttachments>;
  /** Whether what is missing is told. */
  readonly tried: boolean;
}

/** Writes a card and shows it as it will look. */
export function CardFields({ card, change, attachments, tried }: Props) {
  const { t } = useTranslation();
  const { buttons } = card;
  const picture = attachments.list[0];
  const setButtons = (next: readonly ButtonDraft[]) => change({ ...card, buttons: next });
  return (
    <div className={styles.form}>
      <div className={styles.fields}>
        <TextInput
          data-autofocus
          required
          label={t("cards.heading")}
          maxLength={most.title}
          value={card.title}
          error={tried && !card.title.trim() ? t("cards.needTitle") : null}
          onChange={(event) => change({ ...card, title: event.currentTarget.value })}
        />
        <Textarea
          label={t("cards.text")}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={most.text}
          value={card.text}
          onChange={(event) => change({ ...card, text: event.currentTarget.value })}
        />
        <PictureField chosen={picture} attachments={attachments} />
        {buttons.map((button, at) => (
          <ButtonFields
            key={button.key}
            at={at + 1}
            button={button}
            tried={tried}
            change={(next) =>
              setButtons(buttons.map((each) => (each.key === next.key ? next : each)))
            }
            remove={() => setButtons(buttons.filter(({ key }) => key !== button.key))}
          />
        ))}
        {buttons.length < most.buttons ? (
          <Button
            className={styles.add ?? ""}
            variant="default"
            size="xs"
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            onClick={() => setButtons([...buttons, newButton()])}
          >
            {t("cards.add")}
          </Button>
        ) : null}
      </div>
      <section className={styles.preview} aria-label={t("cards.preview")}>
        <small>{t("cards.preview")}</small>
        <Card
          body={{ ...bodyOf(card), title: card.title.trim() || t("cards.heading") }}
          picture={picture?.picture ? <img src={picture.picture} alt="" /> : null}
        />
      </section>
    </div>
  );
}
