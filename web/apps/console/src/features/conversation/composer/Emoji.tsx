import { ActionIcon, Popover, Tooltip } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./composer.module.css";

const emoji =
  "😀 😄 😁 😅 😂 🙂 😊 😉 😍 😘 😎 🤔 😐 🙄 😏 😔 😢 😭 😤 😡 😱 😴 🤝 👍 👎 👌 👏 🙏 💪 👋 🤞 ✌️ ❤️ 💔 💯 🎉 🎁 🌹 ☕ 🔥 ⭐ ✅ ❌ ❓ ❗ 💡 📦 🚚 💳 🧾 📷 📞 ✉️ ⏰ 📅 🔗".split(
    " ",
  );
const columns = 8;

export function Emoji({ insert, disabled }: { insert: (text: string) => void; disabled: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const grid = useRef<HTMLFieldSetElement>(null);
  const label = t("composer.emoji");

  function walk(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const buttons = [...(grid.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  }

  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="top-start"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Tooltip label={label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            disabled={disabled}
            aria-label={label}
            onClick={() => setOpen(!open)}
          >
            <IconMoodSmile size={18} />
          </ActionIcon>
        </Tooltip>
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
                setOpen(false);
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
