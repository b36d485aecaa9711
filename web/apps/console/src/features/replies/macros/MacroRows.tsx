import type { Macro } from "@frontdesk/api";
import { IconBolt } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../../../shared/admin/admin.module.css";
import { teamsQuery } from "../../../shared/api/queries.ts";
import { macrosQuery } from "../../../shared/macros/macros.ts";
import { useStepWords } from "../../../shared/macros/useStepWords.ts";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";
import { MacroForm } from "./MacroForm.tsx";

interface Props {
  /** Whether a new one is being made. */
  readonly adding: boolean;
  readonly added: () => void;
}

/** One's own macros, which one changes, and those of one's teams, which one sees. */
export function MacroRows({ adding, added }: Props) {
  const { t } = useTranslation();
  const query = useQuery(macrosQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const [edited, setEdited] = useState<Macro | null>(null);
  const say = useStepWords();
  return (
    <>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? (
        <Nothing icon={<IconBolt size={28} />} title={t("macros.none")}>
          {t("macros.noneHint")}
        </Nothing>
      ) : null}
      {query.data?.length ? (
        <ul className={styles.rows}>
          {query.data.map((macro) => {
            const team = teams.find(({ id }) => id === macro.team_id)?.name ?? "…";
            return (
              <li key={macro.id}>
                <button
                  type="button"
                  className={styles.row}
                  disabled={!macro.own}
                  onClick={() => setEdited(macro)}
                >
                  <span className={styles.main}>
                    <strong>{macro.name}</strong>
                    <small>{macro.steps.map(say).join(" › ")}</small>
                  </span>
                  <span className={styles.aside}>
                    {macro.team_id ? t("macros.ofTeam", { team }) : t("macros.forMe")}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      ) : null}
      {edited || adding ? (
        <MacroForm
          macro={edited}
          close={() => {
            setEdited(null);
            added();
          }}
        />
      ) : null}
    </>
  );
}
