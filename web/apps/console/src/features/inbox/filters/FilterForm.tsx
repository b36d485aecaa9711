import type { FilterCriteria, SavedFilter } from "@frontdesk/api";
import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { later } from "../../../i18n/en/later.ts";
import { addEnglish } from "../../../i18n/i18n.ts";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import {
  agentsQuery,
  channelNamesQuery,
  tagsQuery,
  teamsQuery,
} from "../../../shared/api/queries.ts";
import { can } from "../../../shared/session/permissions.ts";
import { useMe } from "../../../shared/session/session.ts";

addEnglish(later);

interface Props {
  /** Null for a new one. */
  readonly filter: SavedFilter | null;
  readonly show: (id: string | undefined) => void;
  readonly close: () => void;
}

interface Choice {
  readonly id: string;
  readonly name: string;
}

type Part = Exclude<keyof FilterCriteria, "shown">;

const nothing: FilterCriteria = {
  shown: "open",
  team_id: null,
  agent_id: null,
  channel_id: null,
  tag_id: null,
};

export default function FilterForm({ filter, show, close }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: tags = [] } = useQuery({ ...tagsQuery, enabled: can(me, "contact.read") });
  const { data: channels = [] } = useQuery(channelNamesQuery);
  const [name, setName] = useState(filter?.name ?? "");
  const [criteria, setCriteria] = useState<FilterCriteria>(filter?.criteria ?? nothing);
  const [team, setTeam] = useState(filter?.team_id ?? null);
  const save = useSave("filters", close);
  const body = { name: name.trim(), criteria, team_id: team };
  const select = (part: Part, label: string, all: string, choices: readonly Choice[]) => (
    <NativeSelect
      label={label}
      value={criteria[part] ?? ""}
      data={[
        { value: "", label: all },
        ...choices.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(event) => setCriteria({ ...criteria, [part]: event.currentTarget.value || null })}
    />
  );
  const people = agents
    .filter(({ kind, enabled, id }) => (kind === "human" && enabled) || id === criteria.agent_id)
    .map((each) => ({ id: each.id, name: each.name || each.nickname }));
  const mine = teams.filter(({ id }) => me.agent.team_ids.includes(id) || id === filter?.team_id);
  return (
    <FormDialog
      title={t(filter ? "filters.change" : "filters.create")}
      close={close}
      busy={save.isPending}
      ready={body.name !== ""}
      submit={() =>
        save.mutate([
          filter
            ? { method: "PATCH", path: `/v1/desk/filters/${filter.id}`, body }
            : { method: "POST", path: "/v1/desk/filters", body },
        ])
      }
      remove={
        filter
          ? () => {
              save.mutate([{ method: "DELETE", path: `/v1/desk/filters/${filter.id}` }]);
              show(undefined);
            }
          : undefined
      }
    >
      <TextInput
        data-autofocus
        label={t("filters.name")}
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("filters.state")}
        value={criteria.shown}
        data={[
          { value: "open", label: t("filters.open") },
          { value: "closed", label: t("filters.closed") },
        ]}
        onChange={(event) =>
          setCriteria({
            ...criteria,
            shown: event.currentTarget.value === "closed" ? "closed" : "open",
          })
        }
      />
      {select("team_id", t("filters.team"), t("filters.anyTeam"), teams)}
      {select("agent_id", t("filters.agent"), t("filters.anyAgent"), people)}
      {select("channel_id", t("filters.channel"), t("filters.anyChannel"), channels)}
      {select("tag_id", t("filters.tag"), t("filters.anyTag"), tags)}
      <NativeSelect
        label={t("filters.for")}
        description={t("filters.forHint")}
        value={team ?? ""}
        data={[
          { value: "", label: t("filters.forMe") },
          ...mine.map((each) => ({
            value: each.id,
            label: t("filters.forTeam", { team: each.name }),
          })),
        ]}
        onChange={(event) => setTeam(event.currentTarget.value || null)}
      />
    </FormDialog>
  );
}
