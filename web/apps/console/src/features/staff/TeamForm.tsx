import type { Agent, Policy, Team } from "@frontdesk/api";
import { Button, Checkbox, NumberInput, Select, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { HoursForm } from "./hours/HoursForm.tsx";
import { RoutingForm } from "./routing/RoutingForm.tsx";
import { ServiceLevelForm } from "./ServiceLevelForm.tsx";
import own from "./staff.module.css";

const policies: readonly Policy[] = [
  "least_busy",
  "longest_idle",
  "weighted",
  "round_robin",
  "broadcast",
  "manual",
];

interface Props {
  readonly team: Team | null;
  readonly agents: readonly Agent[];
  readonly close: () => void;
}

export function TeamForm({ team, agents, close }: Props) {
  const { t } = useTranslation();
  const save = useSave("teams", close);
  const [name, setName] = useState(team?.name ?? "");
  const [policy, setPolicy] = useState<Policy>(team?.policy ?? "least_busy");
  const [offer, setOffer] = useState(team?.offer_timeout ?? null);
  const [wrapUp, setWrapUp] = useState(team?.wrap_up_required ?? false);
  const [part, setPart] = useState<"rules" | "hours" | "service">();
  const [weights, setWeights] = useState<ReadonlyMap<string, number>>(
    new Map(team?.members.map(({ agent_id, weight }) => [agent_id, weight])),
  );
  const weigh = (id: string, weight: number | null) => {
    const next = new Map(weights);
    if (weight === null) next.delete(id);
    else next.set(id, weight);
    setWeights(next);
  };
  const submit = () => {
    const body = {
      name: name.trim(),
      policy,
      offer_timeout: offer,
      wrap_up_required: wrapUp,
    };
    const members = [...weights].map(([agent_id, weight]) => ({ agent_id, weight }));
    if (team) {
      const path = `/v1/teams/${team.id}`;
      const change = { method: "PUT", path: `${path}/members`, body: members } as const;
      save.mutate([{ method: "PATCH", path, body }, change]);
    } else {
      save.mutate([{ method: "POST", path: "/v1/teams", body: { ...body, members } }]);
    }
  };
  if (team && part === "rules") return <RoutingForm team={team} close={close} />;
  if (team && part === "hours") return <HoursForm team={team} close={close} />;
  if (team && part === "service") return <ServiceLevelForm team={team} close={close} />;
  return (
    <FormDialog
      title={team?.name ?? t("staff.addTeam")}
      close={close}
      busy={save.isPending}
      ready={name.trim() !== ""}
      submit={submit}
      remove={
        team ? () => save.mutate([{ method: "DELETE", path: `/v1/teams/${team.id}` }]) : undefined
      }
    >
      <TextInput
        data-autofocus
        label={t("common.name")}
        maxLength={50}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t("staff.policyLabel")}
        description={t(`staff.policyHint.${policy}`)}
        allowDeselect={false}
        data={policies.map((value) => ({ value, label: t(`staff.policy.${value}`) }))}
        value={policy}
        onChange={(value) => setPolicy((value ?? "least_busy") as Policy)}
      />
      {team ? (
        <div className={own.line}>
          <Button variant="default" onClick={() => setPart("rules")}>
            {t("staff.rules")}
          </Button>
          <Button variant="default" onClick={() => setPart("hours")}>
            {t("hours.button")}
          </Button>
          <Button variant="default" onClick={() => setPart("service")}>
            {t("serviceLevel.button")}
          </Button>
        </div>
      ) : null}
      <Switch
        label={t("staff.offer")}
        description={t("staff.offerHint")}
        checked={offer !== null}
        onChange={(event) => setOffer(event.currentTarget.checked ? 30 : null)}
      />
      {offer === null ? null : (
        <NumberInput
          label={t("staff.offerSeconds")}
          min={5}
          max={3600}
          allowDecimal={false}
          value={offer}
          onChange={(value) => setOffer(Number(value) || 30)}
        />
      )}
      <Switch
        label={t("staff.wrapUp")}
        description={t("staff.wrapUpHint")}
        checked={wrapUp}
        onChange={(event) => setWrapUp(event.currentTarget.checked)}
      />
      <fieldset style={{ margin: 0, padding: 0, border: 0 }}>
        <legend>{t("staff.members")}</legend>
        <div className={styles.members}>
          {agents
            .filter(({ kind, enabled }) => kind === "human" && enabled)
            .flatMap(({ id, name: own, nickname }) => [
              <Checkbox
                key={`${id}-in`}
                label={own || nickname}
                checked={weights.has(id)}
                onChange={(event) => weigh(id, event.currentTarget.checked ? 10 : null)}
              />,
              <NumberInput
                key={`${id}-weight`}
                size="xs"
                aria-label={t("staff.weightOf", { name: own || nickname })}
                min={1}
                max={100}
                allowDecimal={false}
                disabled={!weights.has(id)}
                value={weights.get(id) ?? ""}
                onChange={(value) => weigh(id, Number(value) || 1)}
              />,
            ])}
        </div>
      </fieldset>
    </FormDialog>
  );
}
