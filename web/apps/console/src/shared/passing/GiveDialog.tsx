import type { Snapshot } from "@frontdesk/realtime";
import { Button, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useConversationAction } from "../api/conversations.ts";
import { rank } from "../fuzzy/fuzzy.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { useFailure } from "../ui/failure.ts";
import { notice } from "../ui/notices.ts";
import styles from "./passing.module.css";
import { type Target, Targets } from "./Targets.tsx";
import { useTargets } from "./useTargets.ts";

/** A leader chooses who gets what waits; somebody without a free seat gets it only when that is said. */
export default function GiveDialog({ snapshot, close }: { snapshot: Snapshot; close: () => void }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<Target | null>(null);
  const { agents } = useTargets(snapshot);
  const target = agents.find(({ id }) => id === chosen?.id) ?? null;
  const full = target?.disabled === true;
  const list = rank(query, agents, ({ name }) => [name]).map((each) => ({
    ...each,
    disabled: false,
  }));

  const submit = () => {
    if (!target) return;
    action.mutate(
      { do: "assign", agent_id: target.id, force: full },
      {
        onError: failure.show,
        onSuccess: () => {
          notice({
            message: t("give.done", { name: target.name }),
            closeButtonProps: { "aria-label": t("common.close") },
          });
          close();
        },
      },
    );
  };

  return (
    <Dialog opened onClose={close} title={t("give.title", { name: snapshot.contact.name })}>
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
          name="agents"
          label={t("transfer.agents")}
          list={list}
          none={query ? t("common.noMatch") : t("transfer.noAgents")}
          target={target}
          choose={setChosen}
        />
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t("common.cancel")}
        </Button>
        <Button
          disabled={!target}
          color={full ? "orange" : "tide"}
          loading={action.isPending}
          onClick={submit}
        >
          {t(full ? "give.force" : "give.submit")}
        </Button>
      </Group>
    </Dialog>
  );
}
