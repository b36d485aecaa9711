import type { Decision } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { later } from "../../i18n/en/later.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { teamsQuery } from "../../shared/api/queries.ts";
import styles from "./contact.module.css";

addEnglish(later);

interface Props {
  readonly overflow: NonNullable<Decision["overflow"]>;
  readonly team: string | null;
}

/** Why somebody could not wait, where that led, and what kept the steps before. */
export function Onward({ overflow, team }: Props) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery);
  const called = (id: string | null | undefined) =>
    teams.find((one) => one.id === id)?.name ?? t("overflow.gone");
  return (
    <>
      <p className={styles.none}>{t(`overflow.cause.${overflow.cause}`, { team: called(team) })}</p>
      <ul className={styles.candidates}>
        {overflow.steps.map(({ to, team_id, kept }) => (
          <li
            key={`${to}${team_id ?? ""}`}
            className={styles.candidate}
            data-chosen={!kept || undefined}
          >
            <span>
              {to === "team"
                ? t("overflow.toTeam", { team: called(team_id) })
                : t(to === "bot" ? "overflow.toBot" : "overflow.toMessage")}
            </span>
            <span>{kept ? t(`overflow.kept.${kept as "full"}`) : ""}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
