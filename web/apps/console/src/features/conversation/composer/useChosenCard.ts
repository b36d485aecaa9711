import type { QuickReply } from "@frontdesk/api";
import type { CardBody } from "@frontdesk/realtime";
import { useState } from "react";

/** The card that goes with the next answer of a conversation; another conversation begins without. */
export function useChosenCard(conversation: string) {
  const [kept, setKept] = useState<{ conversation: string; card: CardBody } | null>(null);
  const card = kept?.conversation === conversation ? kept.card : null;
  const choose = (next: CardBody | null) => setKept(next && { conversation, card: next });
  return { card, choose };
}

/** The card of a saved reply, as a message would hold it. */
export const cardOf = ({ picture, ...words }: NonNullable<QuickReply["card"]>): CardBody =>
  picture ? { ...words, picture: { url: "", thumbnail_url: "", ...picture } } : words;

/** The card as a client says it: its picture by its id. */
export function saidOf({ picture, ...words }: CardBody) {
  return picture ? { ...words, media_id: picture.media_id } : words;
}
