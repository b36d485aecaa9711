import { Button, Group, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import * as words from "../../../i18n/en/cards.ts";
import { addEnglish } from "../../../i18n/i18n.ts";
import { useConnection } from "../../../shared/live/connection.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { release } from "../composer/holding.ts";
import { useAttachments } from "../composer/uploads.ts";
import { ButtonFields } from "./ButtonFields.tsx";
import { Card } from "./Card.tsx";
import styles from "./dialog.module.css";
import {
  type ButtonDraft,
  bodyOf,
  type CardDraft,
  emptyCard,
  isComplete,
  most,
  newButton,
  unsent,
} from "./drafting.ts";
import { PictureField } from "./PictureField.tsx";

addEnglish(words);

interface Props {
  readonly conversation: string;
  readonly close: () => void;
}

/** Writes a card and shows it as it will look. */
export default function CardDialog({ conversation, close }: Props) {
  const { t } = useTranslation();
  const connection = useConnection();
  const attachments = useAttachments(conversation);
  const [card, setShown] = useState(unsent.get(conversation) ?? emptyCard);
  const [tried, setTried] = useState(false);
  const { buttons } = card;
  const picture = attachments.list[0];
  const media = picture?.media?.kind === "image" ? picture.media : null;
  const setCard = (next: CardDraft) => {
    unsent.set(conversation, next);
    setShown(next);
  };
  const setButtons = (next: readonly ButtonDraft[]) => setCard({ ...card, buttons: next });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isComplete(card) || (picture && !media)) return;
    release(conversation); // what was said before goes before
    connection.send(conversation, {
      ...bodyOf(card),
      ...(media ? { media_id: media.media_id } : {}),
    });
    unsent.delete(conversation);
    close();
  };

  return (
    <Dialog opened onClose={close} title={t("cards.title")} size="xl">
      <form className={styles.form} noValidate onSubmit={submit}>
        <div className={styles.fields}>
          <TextInput
            data-autofocus
            required
            label={t("cards.heading")}
            maxLength={most.title}
            value={card.title}
            error={tried && !card.title.trim() ? t("cards.needTitle") : null}
            onChange={(event) => setCard({ ...card, title: event.currentTarget.value })}
          />
          <Textarea
            label={t("cards.text")}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={most.text}
            value={card.text}
            onChange={(event) => setCard({ ...card, text: event.currentTarget.value })}
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
        <Group className={styles.end ?? ""} justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={picture?.state === "uploading"}>
            {t("cards.send")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
