import { useEffect, useRef } from "preact/hooks";
import { useShared } from "./context.ts";

const EMOJI =
  "😀 😄 😅 😂 🙂 😉 😊 😍 😘 😋 😎 🤔 😏 😌 😢 😭 😠 😡 😱 😳 🥺 🤗 👍 👎 👌 👏 🙏 💪 👋 🤝 👀 🎉 🎁 ❤️ 💔 ⭐ 🔥 ✅ ❌ ❓ ❗ 📦 🚚 💰 💳 📷 📞 ⏰".split(
    " ",
  );
const COLUMNS = 8;

interface Props {
  onPick: (emoji: string) => void;
  onClose: () => void;
}

/** A small grid: arrows move in it, Escape closes it. */
export function EmojiPicker({ onPick, onClose }: Props) {
  const { t } = useShared();
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => root.current?.querySelector("button")?.focus(), []);

  useEffect(() => {
    const away = (event: Event) => {
      const target = event.target as Element;
      if (!root.current?.contains(target) && !target.closest(".emoji-button")) onClose();
    };
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [onClose]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
      return;
    }
    const onward = document.documentElement.dir === "rtl" ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: onward,
      ArrowLeft: -onward,
      ArrowDown: COLUMNS,
      ArrowUp: -COLUMNS,
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...(root.current?.querySelectorAll("button") ?? [])];
    const now = all.indexOf(document.activeElement as HTMLButtonElement);
    all[now + step]?.focus();
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: keys of the buttons bubble to here
    <div
      class="emoji"
      role="dialog"
      aria-label={t("composer.emoji")}
      ref={root}
      onKeyDown={onKeyDown}
    >
      {EMOJI.map((emoji, at) => (
        <button
          key={emoji}
          type="button"
          tabIndex={at === 0 ? 0 : -1}
          onClick={() => onPick(emoji)}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
