import type { QuickReply } from "@frontdesk/api";

/** In one line, what a saved reply says: its words, else what goes with it. */
export const saidBy = ({ text, card, attachments }: QuickReply): string =>
  text || card?.title || attachments.map(({ name }) => name).join(", ");
