import { Popover, useDirection } from "@mantine/core";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { LentButton } from "../../../shared/ui/LentButton.tsx";
import type { Layer } from "../../../shared/ui/useLayer.ts";
import { useOpened } from "../../../shared/ui/useOpened.ts";
import styles from "./composer.module.css";

const emoji =
  "😀 😄 😁 😅 😂 🙂 😊 😉 😍 😘 😎 🤔 😐 🙄 😏 😔 😢 😭 😤 😡 😱 😴 🤝 👍 👎 👌 👏 🙏 💪 👋 🤞 ✌️ ❤️ 💔 💯 🎉 🎁 🌹 ☕ 🔥 ⭐ ✅ ❌ ❓ ❗ 💡 📦 🚚 💳 🧾 📷 📞 ✉️ ⏰ 📅 🔗".split(
    " ",
  );
const columns = 8;

interface Props {
  readonly layer: Layer;
  readonly insert: (text: string) => void;
}

export default function EmojiPicker({ layer, insert }: Props) {
  const { t } = useTranslation();
  const opened = useOpened(layer.opened);
  const grid = useRef<HTMLFieldSetElement>(null);
  const label = t("composer.emoji");
  const forward = useDirection().dir === "rtl" ? -1 : 1;

  function walk(event: KeyboardEvent) {
    const step = {
      ArrowRight: forward,
      ArrowLeft: -forward,
      ArrowDown: columns,
      ArrowUp: -columns,
    }[event.key];
    const buttons = [...(grid.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  }

  if (!layer.button) return null;
  return (
    <Popover
      id={layer.id}
      opened={opened}
      onChange={layer.change}
      position="top-start"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <LentButton button={layer.button} />
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={label}>
        {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: the arrows walk between its buttons */}
        <fieldset ref={grid} className={styles.emoji} aria-label={label} onKeyDown={walk}>
          {emoji.map((each) => (
            <button
              key={each}
              type="button"
              onClick={() => {
                insert(each);
                layer.change(false);
              }}
            >
              {each}
            </button>
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  );
}
