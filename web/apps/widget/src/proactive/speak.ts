import type { Trigger } from "../loader/look.ts";
import { recall } from "../loader/memory.ts";
import type { Options } from "../loader/options.ts";
import type { View } from "../loader/view.ts";
import { createMemory } from "./memory.ts";
import { watch } from "./watch.ts";

/** Wide enough for a chat beside the page, not over it. */
const WIDE = "(min-width: 481px)";

/** What the channel's triggers do, until `silence` ends it: the chat was opened, a sentence put away, the widget taken out. */
export function speak(
  { root, say }: Pick<View, "root" | "say">,
  open: (quietly: boolean) => void,
  { channel, language, look }: Options,
  silence: AbortSignal,
): void {
  const memory = createMemory(channel);

  /** Who closes what opened by itself is left alone. */
  function openQuietly(): void {
    const watcher = new MutationObserver(() => {
      if (root.classList.contains("open")) return;
      memory.never();
      watcher.disconnect();
    });
    open(true);
    watcher.observe(root, { attributeFilter: ["class"] });
  }

  function due(trigger: Trigger): void {
    if (!memory.may(look?.a_day ?? 1)) return;
    const words = trigger[language === "zh-CN" ? language : "en"];
    const opens = trigger.act === "open" && matchMedia(WIDE).matches;
    if (!opens && !words) return;
    memory.spoke();
    if (opens) openQuietly();
    else say(words);
  }

  silence.addEventListener("abort", () => {
    if (recall("sessionStorage", `frontdesk.${channel}`) === "away") memory.never();
  });
  watch(look?.triggers ?? [], memory.returning, due, silence);
}
