import type { Snapshot } from "@frontdesk/realtime";
import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import * as words from "../../../i18n/en/snoozing.ts";
import { addEnglish } from "../../../i18n/i18n.ts";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { fieldOf, momentsFrom } from "../../../shared/format/moments.ts";
import { dateTime } from "../../../shared/format/time.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { useFailure } from "../../../shared/ui/failure.ts";
import { dismiss, notice } from "../../../shared/ui/notices.ts";
import styles from "./dialogs.module.css";

addEnglish(words);

interface Props {
  readonly snapshot: Snapshot;
  readonly close: () => void;
}

/** Puts a conversation aside at one click; who did not mean it takes it back in the notice. */
export default function SnoozeDialog({ snapshot, close }: Props) {
  const { t, i18n } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const [now] = useState(Date.now);
  const [chosen, setChosen] = useState("");
  const until = Date.parse(chosen);
  const told = (at: number) => dateTime(at, now, i18n.language);

  const undo = (id: string) => {
    dismiss(id);
    action.mutate({ do: "wake" }, { onError: failure.show });
  };
  const snooze = async (at: number) => {
    try {
      await action.mutateAsync({ do: "snooze", until: at });
    } catch (error) {
      failure.show(error);
      return;
    }
    close();
    const id = `snoozed-${snapshot.id}`;
    notice({
      id,
      autoClose: 10_000,
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <span>{t("snoozing.done", { name: snapshot.contact.name, time: told(at) })}</span>
          <Button size="compact-sm" variant="default" onClick={() => undo(id)}>
            {t("snoozing.undo")}
          </Button>
        </Group>
      ),
    });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (until > now) void snooze(until);
  };

  return (
    <Dialog opened onClose={close} title={t("snoozing.title", { name: snapshot.contact.name })}>
      <div className={styles.moments}>
        {momentsFrom(now).map(({ name, at }, index) => (
          <button
            key={name}
            type="button"
            className={styles.moment}
            data-autofocus={index === 0 || undefined}
            disabled={action.isPending}
            onClick={() => void snooze(at)}
          >
            <span>{t(`snoozing.${name}`)}</span>
            <time dateTime={new Date(at).toISOString()}>{told(at)}</time>
          </button>
        ))}
      </div>
      <form onSubmit={submit} className={styles.other}>
        <TextInput
          type="datetime-local"
          label={t("snoozing.other")}
          min={fieldOf(now)}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <Button type="submit" loading={action.isPending} disabled={!(until > now)}>
          {t("snoozing.submit")}
        </Button>
      </form>
      <p className={styles.hint}>{t("snoozing.hint")}</p>
    </Dialog>
  );
}
