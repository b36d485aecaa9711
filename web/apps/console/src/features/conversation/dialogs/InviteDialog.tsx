import type { Snapshot } from "@frontdesk/realtime";
import { Button, Group, Textarea, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { rank } from "../../../shared/fuzzy/fuzzy.ts";
import styles from "../../../shared/passing/passing.module.css";
import { type Target, Targets } from "../../../shared/passing/Targets.tsx";
import { useTargets } from "../../../shared/passing/useTargets.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { useFailure } from "../../../shared/ui/failure.ts";
import { Guests } from "./Guests.tsx";

/** Who has a conversation asks a colleague to join. A guest takes no seat, so that a full one may be asked as well. */
export default function InviteDialog({
  snapshot,
  close,
}: {
  snapshot: Snapshot;
  close: () => void;
}) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const [query, setQuery] = useState("");
  const [note, setNote] = useState("");
  const [target, setTarget] = useState<Target | null>(null);
  const guests = snapshot.guests ?? [];
  const agents = useTargets(snapshot)
    .agents.filter(({ id }) => guests.every((guest) => guest.id !== id))
    .map((each) => ({ ...each, disabled: false }));

  const submit = () => {
    if (!target) return;
    const words = note.trim() ? { note: note.trim() } : {};
    action.mutate(
      { do: "guests", agent_id: target.id, ...words },
      { onError: failure.show, onSuccess: close },
    );
  };

  return (
    <Dialog opened onClose={close} title={t("inviting.title", { name: snapshot.contact.name })}>
      <Guests conversation={snapshot.id} guests={guests} />
      <TextInput
        data-autofocus
        aria-label={t("transfer.search")}
        placeholder={t("transfer.search")}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <div className={styles.targets}>
        <Targets
          name="colleagues"
          label={t("transfer.agents")}
          list={rank(query, agents, ({ name }) => [name])}
          none={query ? t("common.noMatch") : t("transfer.noAgents")}
          target={target}
          choose={setTarget}
        />
      </div>
      <Textarea
        mt="sm"
        label={t("inviting.note")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t("common.cancel")}
        </Button>
        <Button disabled={!target} loading={action.isPending} onClick={submit}>
          {t("inviting.submit")}
        </Button>
      </Group>
    </Dialog>
  );
}
