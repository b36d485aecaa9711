import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { agentsQuery, teamsQuery } from "../../shared/api/queries.ts";
import type { ReviewFilter } from "../../shared/reviewing/queries.ts";
import { PeriodChoice } from "./PeriodChoice.tsx";
import type { Period } from "./periods.ts";

interface Props {
  readonly filter: ReviewFilter;
  readonly change: (filter: ReviewFilter) => void;
  readonly period: Period;
  readonly setPeriod: (period: Period) => void;
}

export function Filters({ filter, change, period, setPeriod }: Props) {
  const { t } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const people = agents
    .filter(({ kind }) => kind === "human")
    .map(({ id, name, nickname }) => ({ value: id, label: name || nickname }));
  const choices = [
    { key: "agent_id", label: t("quality.agent"), any: t("quality.anyAgent"), data: people },
    {
      key: "team_id",
      label: t("quality.team"),
      any: t("quality.anyTeam"),
      data: teams.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: "reviewer_id",
      label: t("quality.reviewer"),
      any: t("quality.anyReviewer"),
      data: people,
    },
  ] as const;
  return (
    <div className={styles.tools}>
      {choices.map(({ key, label, any, data }) => (
        <Select
          key={key}
          size="xs"
          w={150}
          aria-label={label}
          placeholder={any}
          clearable
          searchable
          data={data}
          value={filter[key] ?? null}
          onChange={(value) => change({ ...filter, [key]: value ?? undefined })}
        />
      ))}
      <PeriodChoice value={period} choose={setPeriod} />
    </div>
  );
}
