import { type CardBody, openable } from "@frontdesk/realtime";
import { IconExternalLink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { Linked } from "../ui/Linked.tsx";
import styles from "./card.module.css";

interface Props {
  readonly body: Pick<CardBody, "title" | "text" | "buttons">;
  readonly picture?: ReactNode;
}

/** A card as the visitor sees it; its replies are the visitor's to press. */
export function Card({ body, picture = null }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.card} dir="auto">
      {picture}
      <strong>{body.title}</strong>
      {body.text ? (
        <p>
          <Linked text={body.text} />
        </p>
      ) : null}
      {body.buttons?.map(({ label, link, reply }, at) => {
        const key = `${at} ${label}`;
        return link ? (
          <a
            key={key}
            dir="auto"
            className={styles.button}
            href={openable(link) ?? undefined}
            title={link}
            target="_blank"
            rel="noopener noreferrer nofollow"
          >
            {label} <IconExternalLink size={14} aria-hidden="true" />
          </a>
        ) : (
          <span
            key={key}
            dir="auto"
            className={styles.button}
            title={t("conversation.cardReply", { reply })}
          >
            {label}
          </span>
        );
      })}
    </div>
  );
}
