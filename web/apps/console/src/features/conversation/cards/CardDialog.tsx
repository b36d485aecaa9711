import { Button, Group } from "@mantine/core";
import { type FormEvent, useState } from "react";
import * as words from "../../../i18n/en/cards.ts";
import { addEnglish } from "../../../i18n/i18n.ts";
import { useTranslation } from "../../../i18n/translation.tsx";
import { CardFields } from "../../../shared/cards/CardFields.tsx";
import { type CardDraft, emptyCard } from "../../../shared/cards/drafting.ts";
import { useCardDraft } from "../../../shared/cards/useCardDraft.ts";
import { useConnection } from "../../../shared/live/connection.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { release } from "../composer/holding.ts";

addEnglish(words);

/** What was written for a conversation and not sent, until the page is left: a dialog is closed easily. */
const unsent = new Map<string, CardDraft>();

interface Props {
  readonly conversation: string;
  readonly close: () => void;
}

export default function CardDialog({ conversation, close }: Props) {
  const { t } = useTranslation();
  const connection = useConnection();
  const [card, setShown] = useState(unsent.get(conversation) ?? emptyCard);
  const [tried, setTried] = useState(false);
  const { attachments, body, busy } = useCardDraft(conversation, card);
  const setCard = (next: CardDraft) => {
    unsent.set(conversation, next);
    setShown(next);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!body) return;
    release(conversation); // what was said before goes before
    connection.send(conversation, body);
    unsent.delete(conversation);
    close();
  };

  return (
    <Dialog opened onClose={close} title={t("cards.title")} size="xl">
      <form noValidate onSubmit={submit}>
        <CardFields card={card} change={setCard} attachments={attachments} tried={tried} />
        <Group mt="md" justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("cards.send")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
