import { ActionIcon } from "@mantine/core";
import { IconFlag, IconFlagFilled, IconPin, IconPinFilled } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useCommands } from "../../shared/commands/commands.ts";
import { useMarks } from "../../shared/desk/desk.ts";
import { useMedium } from "../../shared/ui/useWide.ts";
import styles from "./conversation.module.css";

/** One's own marks, which nobody else sees: a pin keeps it up in the list, a flag says that it matters. */
export function MarkButtons({ conversation }: { conversation: string }) {
  const { t } = useTranslation();
  const { pinned, important, pin, star } = useMarks(conversation);
  const wide = useMedium();
  useCommands({ pin, star });
  if (!wide) return null; // in the menu there
  const buttons = [
    { label: t("conversation.pin"), on: pinned, run: pin, icons: [IconPin, IconPinFilled] },
    { label: t("conversation.star"), on: important, run: star, icons: [IconFlag, IconFlagFilled] },
  ] as const;
  return (
    <span className={styles.markButtons}>
      {buttons.map(({ label, on, run, icons: [Off, On] }) => (
        <ActionIcon
          key={label}
          data-hint={label}
          variant="subtle"
          color={on ? "tide" : "gray"}
          size="lg"
          aria-label={label}
          aria-pressed={on}
          onClick={run}
        >
          {on ? <On size={18} /> : <Off size={18} />}
        </ActionIcon>
      ))}
    </span>
  );
}
