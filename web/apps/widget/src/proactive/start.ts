import type { Trigger } from "../loader/look.ts";
import { keep } from "../loader/memory.ts";
import type { Options } from "../loader/options.ts";
import { bubble } from "./bubble.ts";
import { createMemory } from "./memory.ts";
import { watch } from "./watch.ts";

/** Wide enough for a chat beside the page, not over it. */
const WIDE = "(min-width: 481px)";

/**
 * What the button does by itself: the greeting, and what the channel's triggers say. Returns what ends all of it, for when
 * the chat is opened or goes.
 */
export function start(
  root: HTMLElement,
  options: Options,
  open: (quietly?: boolean) => void,
): () => void {
  const { channel, language, greeting, button, look } = options;
  const over = new AbortController();
  const memory = look?.triggers ? createMemory(channel) : null;
  let takeOff = () => {};

  function say(text: string): void {
    takeOff();
    takeOff = bubble(root, { language, text }, open, () => {
      keep("sessionStorage", `frontdesk.${channel}`, "away");
      memory?.never();
      over.abort();
    });
  }

  /** Who closes what opened by itself is left alone. */
  function openQuietly(): void {
    const watcher = new MutationObserver(() => {
      if (root.classList.contains("open")) return;
      memory?.never();
      watcher.disconnect();
    });
    open(true);
    watcher.observe(root, { attributeFilter: ["class"] });
  }

  function due(trigger: Trigger): void {
    if (!memory?.may(look?.a_day ?? 1)) return;
    const text = trigger[language === "zh-CN" ? language : "en"];
    const opens = trigger.act === "open" && matchMedia(WIDE).matches;
    if (!opens && !text) return;
    memory.spoke();
    if (opens) openQuietly();
    else say(text);
  }

  if (greeting && button) say(greeting);
  if (memory) watch(look?.triggers ?? [], memory.returning, due, over.signal);
  return () => {
    over.abort();
    takeOff();
  };
}
