import type { CardBody, CardButton } from "@frontdesk/realtime";

export const most = { title: 200, text: 1000, buttons: 6, label: 80, link: 2000, reply: 500 };

/** A button while it is being written: what it would open and what it would say are both kept. */
export interface ButtonDraft {
  readonly key: string;
  readonly label: string;
  readonly does: "link" | "reply";
  readonly link: string;
  readonly reply: string;
}

export interface CardDraft {
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly ButtonDraft[];
}

export const emptyCard: CardDraft = { title: "", text: "", buttons: [] };

export const newButton = (): ButtonDraft => ({
  key: crypto.randomUUID(),
  label: "",
  does: "reply",
  link: "",
  reply: "",
});

/** What is there already, to be changed. */
export const draftOf = ({
  title,
  text = "",
  buttons = [],
}: Omit<CardBody, "picture">): CardDraft => ({
  title,
  text,
  buttons: buttons.map(({ label, link = "", reply = "" }) => ({
    ...newButton(),
    label,
    does: link ? "link" : "reply",
    link,
    reply,
  })),
});

/** Whether the server takes the address: a page of the web, at the host that it seems to be. */
export function isWebAddress(text: string): boolean {
  if (/[\s\\]/.test(text) || !/^https?:\/\//i.test(text)) return false;
  try {
    return new URL(text).username === "" && !text.split("/")[2]?.includes("@");
  } catch {
    return false;
  }
}

export type Missing = "needTitle" | "needLabel" | "needLink" | "needReply";

/** What a button lacks: of its label, and of what it does. */
export function lacksOf(button: ButtonDraft): { label?: Missing; does?: Missing } {
  const label = button.label.trim() ? {} : { label: "needLabel" as const };
  if (button.does === "link") {
    return isWebAddress(button.link.trim()) ? label : { ...label, does: "needLink" };
  }
  return button.reply.trim() ? label : { ...label, does: "needReply" };
}

export const isComplete = ({ title, buttons }: CardDraft): boolean =>
  title.trim() !== "" && buttons.every((button) => Object.keys(lacksOf(button)).length === 0);

function said({ label, does, link, reply }: ButtonDraft): CardButton {
  return does === "link"
    ? { label: label.trim(), link: link.trim() }
    : { label: label.trim(), reply: reply.trim() };
}

/** The card as it is shown and sent. */
export function bodyOf({ title, text, buttons }: CardDraft) {
  return {
    type: "card",
    title: title.trim(),
    text: text.trim(),
    buttons: buttons.map(said),
  } as const satisfies CardBody;
}
