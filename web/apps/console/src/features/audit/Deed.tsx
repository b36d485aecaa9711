import type { AuditEntry } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import styles from "../../shared/admin/admin.module.css";
import { agentsQuery } from "../../shared/api/queries.ts";
import { fullTime } from "../../shared/format/time.ts";
import audit from "./audit.module.css";

/** One entry, as a sentence. What it was called then is told, not what it is called now. */
export function Deed({ entry }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation();
  const agents = useQuery(agentsQuery);
  const known = agents.data?.find(({ id }) => id === entry.actor_id);
  const kinds: Readonly<Record<string, string>> = {
    system: t("audit.system"),
    visitor: t("audit.visitor"),
  };
  const who =
    known?.name ||
    known?.nickname ||
    entry.actor_name ||
    kinds[entry.actor_kind] ||
    t("audit.nobody");
  const named = (text: string) => agents.data?.find(({ id }) => id === text)?.name ?? text;
  const facts = Object.values(entry.facts)
    .map((value) => (Array.isArray(value) ? value.map(named).join(", ") : named(String(value))))
    .filter(Boolean);
  const self =
    entry.target_kind === "account" &&
    entry.target_id === entry.actor_id &&
    entry.action !== "session.ended" &&
    entry.action !== "session.all_ended";
  const where = [...facts, entry.address, entry.user_agent].filter(Boolean).join(" · ");
  return (
    <li className={audit.deed}>
      <span className={styles.main}>
        <span className={audit.words}>
          <strong>{who}</strong> {t(`audit.did.${entry.action}`)}{" "}
          {entry.target_name && !self ? <strong>{entry.target_name}</strong> : null}
        </span>
        <small title={where}>{where}</small>
      </span>
      <time className={styles.aside} dateTime={new Date(entry.at).toISOString()}>
        {fullTime(entry.at, i18n.language)}
      </time>
    </li>
  );
}
