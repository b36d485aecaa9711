import type { Snapshot } from "@frontdesk/realtime";
import { Button, Textarea } from "@mantine/core";
import { IconEar } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import styles from "./supervising.module.css";

interface Props {
  readonly snapshot: Snapshot;
  readonly close: () => void;
}

/** A word to the agent who answers here; it stays open, because there is often a second one. */
export function WhisperBox({ snapshot, close }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const [text, setText] = useState("");
  const name = snapshot.agent?.name ?? "";
  const words = text.trim();
  const send = () => {
    if (!words || action.isPending) return;
    action.mutate(
      { do: "whispers", text: words },
      { onSuccess: () => setText(""), onError: failure.show },
    );
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") close();
  };
  return (
    <div className={styles.whisper}>
      <IconEar size={16} aria-hidden="true" />
      <Textarea
        variant="unstyled"
        autosize
        minRows={1}
        maxRows={4}
        data-autofocus
        autoFocus
        value={text}
        maxLength={4000}
        aria-label={t("whisper.label", { name })}
        placeholder={t("whisper.placeholder", { name })}
        className={styles.field ?? ""}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <Button
        size="compact-sm"
        color="violet"
        disabled={!words}
        loading={action.isPending}
        onClick={send}
      >
        {t("whisper.send")}
      </Button>
    </div>
  );
}
