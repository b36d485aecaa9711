import type { Trigger } from "../loader/look.ts";
import type { Options } from "../loader/options.ts";
import { createMemory } from "./memory.ts";
import { watch } from "./watch.ts";

/** Wide enough for a chat beside the page, not over it. */
const WIDE = "(min-width: 481px)";

/**
 * What the channel's triggers do, until `silence` ends it: the chat was opened, the widget taken out, or a sentence put away,
 * which is its reason then.
 */
export function speak(
  { channel, language, look }: Options,
  say: (words: string) => void,
  open: (closed: () => void) => void,
  silence: AbortSignal,
): void {
  const memory = createMemory(channel);

  function due(trigger: Trigger): void {
    if (!memory.may(look?.a_day ?? 1)) return;
    const words = trigger[language === "zh-CN" ? language : "en"];
    const opens = trigger.act === "open" && matchMedia(WIDE).matches;
    if (!opens && !words) return;
    memory.spoke();
    // who closes what opened by itself is left alone, as is who puts away what was said
    if (opens) open(memory.never);
    else say(words);
  }

  silence.addEventListener("abort", () => {
    if (silence.reason === "away") memory.never();
  });
  watch(look?.triggers ?? [], memory.returning, due, silence);
}
