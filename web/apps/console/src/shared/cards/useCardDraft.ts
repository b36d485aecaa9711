import type { Uploaded } from "@frontdesk/api";
import { useAttachments } from "../uploads/uploads.ts";
import { bodyOf, type CardDraft, isComplete } from "./drafting.ts";

/** The picture of a card that is being written, and the card as the server takes it: null while something is missing. */
export function useCardDraft(owner: string, card: CardDraft, initially?: Uploaded) {
  const attachments = useAttachments(owner, initially ? [initially] : []);
  const picture = attachments.list[0];
  const media = picture?.media?.kind === "image" ? picture.media : null;
  const body =
    !isComplete(card) || (picture && !media)
      ? null
      : { ...bodyOf(card), ...(media ? { media_id: media.media_id } : {}) };
  return { attachments, body, busy: picture?.state === "uploading" };
}
