import { Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useCommands } from "../../../shared/commands/commands.ts";
import { useNow } from "../../../shared/live/clock.ts";
import { useStore } from "../../../shared/store.ts";
import styles from "./composer.module.css";
import { held } from "./holding.ts";

interface Props {
  readonly conversation: string;
  readonly takeBack: () => void;
}

/** The message that has not left yet, for how long, and taking it back. */
export function HeldBar({ conversation, takeBack }: Props) {
  const { t } = useTranslation();
  const now = useNow();
  const one = useStore(held).get(conversation);
  useCommands({ undoSend: one ? takeBack : undefined });
  if (!one) return null;
  const seconds = Math.max(1, Math.ceil((one.until - now) / 1000));
  return (
    <div className={styles.held} role="status">
      <span>{t("composer.leaves", { seconds })}</span>
      <bdi>{one.draft.text || one.card?.title || one.media.map(({ name }) => name).join(", ")}</bdi>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconArrowBackUp size={14} />}
        onClick={takeBack}
      >
        {t("composer.takeBack")}
      </Button>
    </div>
  );
}
