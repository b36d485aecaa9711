import type { Routing, RoutingView, Team } from "@frontdesk/api";
import { NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import { routingQuery } from "../../../shared/api/queries.ts";
import styles from "../staff.module.css";
import { AttributeRules } from "./AttributeRules.tsx";
import { Learning } from "./Learning.tsx";
import { Limits } from "./Limits.tsx";
import { Relaxations } from "./Relaxations.tsx";
import { TryRouting } from "./TryRouting.tsx";
import { WhatIf } from "./WhatIf.tsx";

/** A condition that compares with nothing, or a parameter without a name, is not finished. */
const isFinished = ({ attributes }: Routing) =>
  attributes.every(({ when }) =>
    when.every(({ attribute, value }) => value.trim() !== "" && !attribute.endsWith(".")),
  );

const waits = ["requested", "owner", "returning"] as const;

function Editor({ team, known, close }: { team: Team; known: RoutingView; close: () => void }) {
  const { t } = useTranslation();
  const save = useSave("routing", close);
  const [routing, setRouting] = useState<Routing>(known.routing);
  const set = (change: Partial<Routing>) => setRouting((before) => ({ ...before, ...change }));
  const body = { routing, based_on: known.version };
  return (
    <FormDialog
      title={t("routing.title", { team: team.name })}
      close={close}
      busy={save.isPending}
      ready={isFinished(routing)}
      submit={() => save.mutate([{ method: "PUT", path: `/v1/teams/${team.id}/routing`, body }])}
    >
      {known.version > 0 ? (
        <p className={styles.hint}>{t("routing.version", { version: known.version })}</p>
      ) : null}
      <fieldset className={styles.group}>
        <legend>{t("routing.waits")}</legend>
        <p className={styles.hint}>{t("routing.waitsHint")}</p>
        <div className={styles.line}>
          {waits.map((who) => (
            <NumberInput
              key={who}
              label={t(`routing.${who}`)}
              min={0}
              max={3600}
              allowDecimal={false}
              value={routing[`${who}_wait_s`]}
              onChange={(value) => set({ [`${who}_wait_s`]: Number(value) || 0 })}
            />
          ))}
        </div>
      </fieldset>
      <NumberInput
        label={t("routing.vip")}
        min={0}
        max={360}
        allowDecimal={false}
        value={routing.vip_head_start_s}
        onChange={(value) => set({ vip_head_start_s: Number(value) || 0 })}
      />
      <AttributeRules
        rules={routing.attributes}
        set={(attributes) => set({ attributes: [...attributes] })}
      />
      <Limits team={team.id} routing={routing} set={set} />
      <Relaxations
        steps={routing.relaxations}
        set={(relaxations) => set({ relaxations: [...relaxations] })}
      />
      <Learning team={team.id} routing={routing} set={set} />
      <TryRouting team={team.id} routing={routing} ready={isFinished(routing)} />
      <WhatIf team={team.id} routing={routing} ready={isFinished(routing)} />
    </FormDialog>
  );
}

/** What a team's conversations ask for, whom they wait for, and who would get one now. */
export function RoutingForm({ team, close }: { team: Team; close: () => void }) {
  const { data } = useQuery(routingQuery(team.id));
  return data ? <Editor key={data.version} team={team} known={data} close={close} /> : null;
}
