import type { Snapshot } from "@frontdesk/realtime";
import { Button, Group, Tabs, Textarea, TextInput } from "@mantine/core";
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
import { notice } from "../../../shared/ui/notices.ts";
import { useDepartments } from "./useDepartments.ts";

export default function TransferDialog({
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
  const { agents, teams } = useTargets(snapshot);
  const departments = useDepartments(snapshot);
  const matching = (list: readonly Target[]) => rank(query, list, ({ name }) => [name]);

  const submit = () => {
    if (!target) return;
    const to = { [`${target.kind}_id`]: target.id };
    const words = note.trim() ? { note: note.trim() } : {};
    action.mutate(
      { do: "transfer", ...to, ...words },
      {
        onError: failure.show,
        onSuccess: ({ conversation }) => {
          // Who is only asked has it later, or not at all; the bar above the composer says how it stands.
          if (conversation.agent?.id !== snapshot.agent?.id || target.kind !== "agent") {
            notice({ message: t("transfer.done", { name: target.name }) });
          }
          close();
        },
      },
    );
  };

  return (
    <Dialog opened onClose={close} title={t("transfer.title", { name: snapshot.contact.name })}>
      <Tabs defaultValue="agents" onChange={() => setTarget(null)}>
        <Tabs.List grow>
          <Tabs.Tab value="agents">{t("transfer.agents")}</Tabs.Tab>
          <Tabs.Tab value="teams">{t("transfer.teams")}</Tabs.Tab>
          {departments.length > 0 ? (
            <Tabs.Tab value="departments">{t("transfer.departments")}</Tabs.Tab>
          ) : null}
        </Tabs.List>
        <TextInput
          data-autofocus
          mt="sm"
          aria-label={t("transfer.search")}
          placeholder={t("transfer.search")}
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Tabs.Panel value="agents" className={styles.targets ?? ""}>
          <Targets
            name="agents"
            label={t("transfer.agents")}
            list={matching(agents)}
            none={query ? t("common.noMatch") : t("transfer.noAgents")}
            target={target}
            choose={setTarget}
          />
        </Tabs.Panel>
        <Tabs.Panel value="teams" className={styles.targets ?? ""}>
          <Targets
            name="teams"
            label={t("transfer.teams")}
            list={matching(teams)}
            none={query ? t("common.noMatch") : t("transfer.noTeams")}
            target={target}
            choose={setTarget}
          />
        </Tabs.Panel>
        <Tabs.Panel value="departments" className={styles.targets ?? ""}>
          <Targets
            name="departments"
            label={t("transfer.departments")}
            list={matching(departments)}
            none={t("common.noMatch")}
            target={target}
            choose={setTarget}
          />
        </Tabs.Panel>
      </Tabs>
      <Textarea
        mt="sm"
        label={t("transfer.note")}
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
          {t("transfer.submit")}
        </Button>
      </Group>
    </Dialog>
  );
}
