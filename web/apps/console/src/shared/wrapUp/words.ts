import type { WrapUp } from "@frontdesk/realtime";
import type { TFunction } from "i18next";
import * as words from "../../i18n/en/wrapUp.ts";
import { addEnglish } from "../../i18n/i18n.ts";

addEnglish(words);

/** What a conversation was about and whether it is solved, as far as it was said. */
export function wrapUpWords(t: TFunction, { category, solved }: Omit<WrapUp, "remark">): string {
  const judged = solved == null ? "" : t(solved ? "wrapUp.solved" : "wrapUp.unsolved");
  return [category, judged].filter(Boolean).join(" · ");
}
