import type { MacroStep } from "@frontdesk/api";
import { destinationOf, transferTo } from "../../../shared/passing/destinations.ts";

export type Kind = MacroStep["do"];
/** A step as it is being written; `key` tells it from others of its kind. */
export interface Draft {
  readonly key: number;
  readonly step: MacroStep;
}

export const maxSteps = 10;
export const kinds: readonly Kind[] = [
  "reply",
  "note",
  "tag",
  "untag",
  "flag",
  "vip",
  "invite_rating",
  "wrap_up",
  "snooze",
  "transfer",
  "close",
];

const fresh: { readonly [K in Kind]: Extract<MacroStep, { do: K }> } = {
  reply: { do: "reply", reply_id: "" },
  note: { do: "note", text: "" },
  tag: { do: "tag", tag_id: "" },
  untag: { do: "untag", tag_id: "" },
  flag: { do: "flag", important: true },
  vip: { do: "vip", level: 1 },
  invite_rating: { do: "invite_rating" },
  wrap_up: { do: "wrap_up", category: "", remark: "", solved: null },
  snooze: { do: "snooze", for_s: 3600 },
  wake: { do: "wake" },
  transfer: transferTo(""),
  close: { do: "close" },
};

/** After these nothing can follow. */
const ends = (draft: Draft | undefined) =>
  draft?.step.do === "transfer" || draft?.step.do === "close";

export const drafted = (steps: readonly MacroStep[]): readonly Draft[] =>
  steps.map((step, key) => ({ key, step }));

/** With one more step, before the one that ends it. A second end replaces the first. */
export function added(drafts: readonly Draft[], kind: Kind): readonly Draft[] {
  const key = Math.max(-1, ...drafts.map((each) => each.key)) + 1;
  const draft: Draft = { key, step: fresh[kind] };
  const going = drafts.filter((each) => !ends(each));
  return ends(draft) ? [...going, draft] : [...going, draft, ...drafts.filter(ends)];
}

/** Where a step would be after a move, if it can be moved there: the end stays the end. */
export function moved(drafts: readonly Draft[], from: number, to: number): readonly Draft[] | null {
  const draft = drafts[from];
  if (!draft || to < 0 || to >= drafts.length || ends(draft) || ends(drafts[to])) return null;
  const rest = drafts.filter((_, index) => index !== from);
  return [...rest.slice(0, to), draft, ...rest.slice(to)];
}

/** Whether everything is said that the step needs. */
export function isComplete({ step }: Draft): boolean {
  switch (step.do) {
    case "reply":
      return step.reply_id !== "";
    case "note":
      return step.text.trim() !== "";
    case "tag":
    case "untag":
      return step.tag_id !== "";
    case "transfer":
      return destinationOf(step) !== "";
    case "wrap_up":
      return step.category !== "" || step.remark.trim() !== "" || step.solved != null;
    default:
      return true;
  }
}
