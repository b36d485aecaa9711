import type { Decisions as All, Candidate, Decision } from "@frontdesk/api";
import type { EntryBodies } from "@frontdesk/realtime";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { decisionsQuery, teamsQuery } from "../../shared/api/queries.ts";
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

/** Why it came to wait for a person, each time that it did. */
function Waits({ waits }: { waits: All["handovers"] }) {
  const { t, i18n } = useTranslation();
  const { data: teams } = useQuery(teamsQuery);
  return waits.map(({ at, team_id, reason }) => (
    <li key={at}>
      <p className={styles.decision}>
        <time dateTime={new Date(at).toISOString()}>{clockTime(at, i18n.language)}</time>{" "}
        {t(`conversation.system.queued.${reason as EntryBodies["queued"]["reason"]}`, {
          team: teams?.find(({ id }) => id === team_id)?.name ?? t("conversation.system.team"),
        })}
      </p>
    </li>
  ));
}

/** Why the conversation came to whom it came; fetched only when somebody asks. */
export function Decisions({ conversation }: { conversation: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...decisionsQuery(conversation), enabled: open });
  return (
    <details className={styles.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("decision.title")}</summary>
      {query.isSuccess && query.data.items.length + query.data.handovers.length === 0 ? (
        <p className={styles.none}>{t("decision.none")}</p>
      ) : null}
      {query.isError ? <p className={styles.none}>{t("error.title")}</p> : null}
      <ul className={styles.list}>
        <Waits waits={query.data?.handovers ?? []} />
        {query.data?.items.map((decision) => (
          <One key={decision.id} decision={decision} />
        ))}
      </ul>
    </details>
  );
}
