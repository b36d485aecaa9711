import { ActionIcon, Button, FileButton } from "@mantine/core";
import {
  IconBolt,
  IconId,
  IconLanguage,
  IconPaperclip,
  IconSend2,
  IconTypography,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useCommands } from "../../../shared/commands/commands.ts";
import type { Translating } from "../translation/useTranslating.ts";
import styles from "./composer.module.css";
import { Emoji } from "./Emoji.tsx";

const CardDialog = lazy(() => import("../cards/CardDialog.tsx"));

interface Props {
  readonly conversation: string;
  readonly note: boolean;
  readonly setNote: (change: (note: boolean) => boolean) => void;
  readonly replyBlocked: boolean;
  readonly format: { readonly on: boolean; toggle(): void };
  readonly translating: Translating;
  readonly insert: (text: string) => void;
  readonly attach: (files: readonly File[]) => void;
  readonly saved: () => void;
  readonly empty: boolean;
  readonly submit: () => void;
  readonly ready: boolean;
  readonly busy: boolean;
}

function Mode({ note, setNote, replyBlocked }: Pick<Props, "note" | "setNote" | "replyBlocked">) {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.mode} aria-label={t("composer.mode")}>
      <button
        type="button"
        aria-pressed={!note}
        disabled={replyBlocked && note}
        onClick={() => setNote(() => false)}
      >
        {t("composer.reply")}
      </button>
      <button type="button" aria-pressed={note} onClick={() => setNote(() => true)}>
        {t("composer.note")}
      </button>
    </fieldset>
  );
}

function TranslateButton({ translating, off }: { translating: Translating; off: boolean }) {
  const { t } = useTranslation();
  const { language, busy, start } = translating;
  if (language === null) return null;
  const label = t("translation.answer", { language });
  return (
    <ActionIcon
      data-hint={label}
      variant="subtle"
      color="gray"
      size="md"
      disabled={off}
      loading={busy}
      aria-label={label}
      onClick={start}
    >
      <IconLanguage size={18} />
    </ActionIcon>
  );
}

export function Tools(props: Props) {
  const { note, replyBlocked, format, insert, attach, saved, empty, submit, ready, busy } = props;
  const { t } = useTranslation();
  const [card, setCard] = useState(false);
  const cannot = note || replyBlocked;
  useCommands({ card: replyBlocked ? undefined : () => setCard(true) });
  return (
    <div className={styles.tools}>
      <Mode {...props} />
      <FileButton multiple onChange={attach}>
        {(button) => (
          <ActionIcon
            data-hint={t("composer.attach")}
            {...button}
            variant="subtle"
            color="gray"
            size="md"
            disabled={cannot}
            aria-label={t("composer.attach")}
          >
            <IconPaperclip size={18} />
          </ActionIcon>
        )}
      </FileButton>
      <ActionIcon
        data-hint={t("composer.format")}
        variant={format.on && !note ? "light" : "subtle"}
        color={format.on && !note ? "tide" : "gray"}
        size="md"
        disabled={cannot}
        aria-label={t("composer.format")}
        aria-pressed={format.on}
        onClick={format.toggle}
      >
        <IconTypography size={18} />
      </ActionIcon>
      <ActionIcon
        data-hint={t("composer.card")}
        variant="subtle"
        color="gray"
        size="md"
        disabled={cannot}
        aria-label={t("composer.card")}
        onClick={() => setCard(true)}
      >
        <IconId size={18} />
      </ActionIcon>
      <Emoji insert={insert} disabled={replyBlocked && !note} />
      <ActionIcon
        data-hint={t("composer.saved")}
        variant="subtle"
        color="gray"
        size="md"
        disabled={cannot || !empty}
        aria-label={t("composer.saved")}
        onClick={saved}
      >
        <IconBolt size={18} />
      </ActionIcon>
      <TranslateButton translating={props.translating} off={cannot || empty} />
      <Button
        className={styles.send ?? ""}
        size="compact-md"
        color={note ? "yellow.4" : "tide"}
        disabled={!ready}
        loading={busy && note}
        rightSection={<IconSend2 size={15} aria-hidden="true" />}
        onClick={submit}
      >
        {t(note ? "composer.saveNote" : "composer.send")}
      </Button>
      {card ? (
        <Suspense>
          <CardDialog conversation={props.conversation} close={() => setCard(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
