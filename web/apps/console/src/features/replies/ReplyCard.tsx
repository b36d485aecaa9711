import { Button, Fieldset } from "@mantine/core";
import { IconId } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { CardFields } from "../../shared/cards/CardFields.tsx";
import { type CardDraft, emptyCard } from "../../shared/cards/drafting.ts";
import type { useCardDraft } from "../../shared/cards/useCardDraft.ts";

interface Props extends Pick<ReturnType<typeof useCardDraft>, "attachments"> {
  /** Null while there is none. */
  readonly card: CardDraft | null;
  readonly change: (card: CardDraft | null) => void;
  readonly tried: boolean;
}

/** The card of a saved reply, with its preview. */
export function ReplyCard({ card, change, attachments, tried }: Props) {
  const { t } = useTranslation();
  if (!card) {
    return (
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconId size={15} aria-hidden="true" />}
          onClick={() => change(emptyCard)}
        >
          {t("replies.addCard")}
        </Button>
      </div>
    );
  }
  const remove = () => {
    attachments.remove(attachments.list.map(({ key }) => key));
    change(null);
  };
  return (
    <Fieldset legend={t("replies.card")}>
      <CardFields card={card} change={change} attachments={attachments} tried={tried} />
      <Button mt="sm" size="xs" variant="subtle" color="gray" onClick={remove}>
        {t("replies.removeCard")}
      </Button>
    </Fieldset>
  );
}
