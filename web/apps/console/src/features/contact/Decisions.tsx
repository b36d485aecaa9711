import type { Candidate, Decision } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decisionsQuery } from "../../shared/api/queries.ts";
import { clockTime } from "../../shared/format/time.ts";
import styles from "./contact.module.css";
import { Onward } from "./Onward.tsx";

/** The server's codes in words; a code that is newer than this page is shown as it came. */
function useCode(group: "policy" | "outcome" | "excluded") {
  const { t, i18n } = useTranslation();
  return (code: string) => {
    const key = `decision.${group}.${code}`;
    return i18n.exists(key) ? t(key as "decision.policy.weighted") : code.replaceAll("_", " ");
  };
}

interface RowProps {
  readonly candidate: Candidate;
  readonly chosen: boolean;
  readonly asked: boolean;
}

function Row({ candidate, chosen, asked }: RowProps) {
  const { t } = useTranslation();
  const excluded = useCode("excluded");
  return (
    <li className={styles.candidate} data-chosen={chosen || undefined}>
      <span>
        {candidate.name}
        {asked ? ` · ${t("decision.asked")}` : ""}
      </span>
      <span>
        {candidate.excluded
          ? excluded(candidate.excluded)
          : candidate.score === null
            ? ""
            : t("decision.score", { score: Math.round(candidate.score * 100) / 100 })}
      </span>
    </li>
  );
}

function One({ decision }: { decision: Decision }) {
  const { t, i18n } = useTranslation();
  const policy = useCode("policy");
  const outcome = useCode("outcome");
  const needs = Object.entries(decision.needs);
  return (
    <li>
      <p className={styles.decision}>
        <time dateTime={new Date(decision.at).toISOString()}>
          {clockTime(decision.at, i18n.language)}
        </time>{" "}
        {outcome(decision.outcome)} · {policy(decision.policy)}
        {decision.version > 0 ? ` · ${t("decision.version", { version: decision.version })}` : ""}
      </p>
      {needs.length > 0 ? (
        <p className={styles.none}>
          {t("decision.needs", {
            skills: needs.map(([skill, level]) => `${skill} ${level}+`).join(", "),
          })}
        </p>
      ) : null}
      {decision.overflow ? <Onward overflow={decision.overflow} team={decision.team_id} /> : null}
      <ul className={styles.candidates}>
        {decision.candidates.map((candidate) => (
          <Row
            key={candidate.agent_id}
            candidate={candidate}
            chosen={candidate.agent_id === decision.chosen}
            asked={decision.asked.includes(candidate.agent_id)}
          />
        ))}
      </ul>
    </li>
  );
}

/** Why the conversation came to whom it came; fetched only when somebody asks. */
export function Decisions({ conversation }: { conversation: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...decisionsQuery(conversation), enabled: open });
  return (
    <details className={styles.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("decision.title")}</summary>
      {query.isSuccess && query.data.length === 0 ? (
        <p className={styles.none}>{t("decision.none")}</p>
      ) : null}
      {query.isError ? <p className={styles.none}>{t("error.title")}</p> : null}
      <ul className={styles.list}>
        {query.data?.map((decision) => (
          <One key={decision.id} decision={decision} />
        ))}
      </ul>
    </details>
  );
}
