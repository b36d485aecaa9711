import type { CardBody } from "@frontdesk/realtime";
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { Card } from "../../../shared/cards/Card.tsx";
import styles from "./composer.module.css";

interface Props {
  readonly card: CardBody;
  readonly remove: () => void;
}

/** The card of a saved reply, as the visitor will see it; it is sent with the answer. */
export function ChosenCard({ card, remove }: Props) {
  const { t } = useTranslation();
  const { picture } = card;
  return (
    <section className={styles.card} aria-label={t("composer.chosenCard")}>
      <Card
        body={card}
        picture={picture ? <img src={picture.thumbnail_url || picture.url} alt="" /> : null}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t("composer.remove", { name: card.title })}
        onClick={remove}
      >
        <IconX size={14} />
      </ActionIcon>
    </section>
  );
}
