import type { Agent, DirectCode, Team } from "@frontdesk/api";
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";

interface Props {
  readonly agents: readonly Agent[];
  readonly teams: readonly Team[];
  readonly close: () => void;
}

/** A new code, and whom it brings its visitors to. */
export function CodeForm({ agents, teams, close }: Props) {
  const { t } = useTranslation();
  const save = useSave("direct-codes", close);
  const [code, setCode] = useState("");
  const [target, setTarget] = useState<string | null>(null);
  const team = teams.find(({ id }) => id === target);
  const body: DirectCode = {
    code: code.trim(),
    agent_id: team ? null : target,
    team_id: team?.id ?? null,
  };
  const people = agents.filter(({ kind, enabled }) => kind === "human" && enabled);
  const choice = ({ id, name }: { readonly id: string; readonly name: string }) => ({
    value: id,
    label: name,
  });
  return (
    <FormDialog
      title={t("codes.add")}
      close={close}
      busy={save.isPending}
      ready={target !== null}
      submit={() => save.mutate([{ method: "POST", path: "/v1/direct-codes", body }])}
    >
      <TextInput
        data-autofocus
        label={t("codes.code")}
        description={t("codes.codeHint")}
        maxLength={40}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Select
        searchable
        label={t("codes.target")}
        data={[
          { group: t("codes.agents"), items: people.map(choice) },
          { group: t("codes.teams"), items: teams.map(choice) },
        ]}
        value={target}
        onChange={setTarget}
      />
    </FormDialog>
  );
}
