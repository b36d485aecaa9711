import type { ServiceLevel, Team } from "@frontdesk/api";
import { NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { serviceLevelQuery } from "../../shared/api/queries.ts";
import { exactSpan } from "../../shared/format/time.ts";
import styles from "./staff.module.css";

const promises = ["first_reply_s", "next_reply_s", "resolution_s"] as const;
const longest = 30 * 86_400;

interface EditorProps {
  readonly team: Team;
  readonly known: ServiceLevel;
  readonly close: () => void;
}

function Editor({ team, known, close }: EditorProps) {
  const { t, i18n } = useTranslation();
  const save = useSave("service-level", close);
  const [level, setLevel] = useState(known);
  const set = (change: Partial<ServiceLevel>) => setLevel((before) => ({ ...before, ...change }));
  const path = `/v1/teams/${team.id}/service-level`;
  return (
    <FormDialog
      title={t("serviceLevel.title", { team: team.name })}
      close={close}
      busy={save.isPending}
      submit={() => save.mutate([{ method: "PUT", path, body: level }])}
    >
      <p className={styles.hint}>{t("serviceLevel.hint")}</p>
      {promises.map((promise) => {
        const seconds = level[promise];
        return (
          <NumberInput
            key={promise}
            label={t(`serviceLevel.${promise}`)}
            description={seconds === null ? null : exactSpan(seconds, i18n.language)}
            inputWrapperOrder={["label", "input", "description", "error"]}
            placeholder={t("serviceLevel.none")}
            min={1}
            max={longest}
            allowDecimal={false}
            value={seconds ?? ""}
            onChange={(value) => set({ [promise]: Number(value) || null })}
          />
        );
      })}
      <NumberInput
        label={t("serviceLevel.warn")}
        min={1}
        max={99}
        allowDecimal={false}
        value={level.warn_percent}
        onChange={(value) => set({ warn_percent: Number(value) || 80 })}
      />
    </FormDialog>
  );
}

/** Within what time a team means to answer and to finish. */
export function ServiceLevelForm({ team, close }: { team: Team; close: () => void }) {
  const { data } = useQuery(serviceLevelQuery(team.id));
  return data ? <Editor team={team} known={data} close={close} /> : null;
}
