import type { AuditEntry } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { agentsQuery } from "../../shared/api/queries.ts";
import { fullTime } from "../../shared/format/time.ts";
import { deviceName } from "../../shared/session/device.ts";
import audit from "./audit.module.css";
import { useFacts } from "./useFacts.ts";

/** Somebody may have called themselves anything, in letters that run the other way too. */
function Name({ children }: { children: string }) {
  return (
    <strong>
      <bdi>{children}</bdi>
    </strong>
  );
}

/** One entry, as a sentence. What it was called then is told, not what it is called now. */
export function Deed({ entry }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation();
  const agents = useQuery(agentsQuery);
  const factsOf = useFacts();
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
  const self =
    entry.target_kind === "account" &&
    entry.target_id === entry.actor_id &&
    entry.action !== "session.ended" &&
    entry.action !== "session.all_ended";
  const said = [...factsOf(entry.facts), entry.address];
  const device = deviceName(entry.user_agent) || entry.user_agent;
  const shown = [...said, device].filter(Boolean);
  return (
    <li className={audit.deed}>
      <span className={styles.main}>
        <span className={audit.words}>
          <Name>{who}</Name> {t(`audit.did.${entry.action}`)}{" "}
          {entry.target_name && !self ? <Name>{entry.target_name}</Name> : null}
        </span>
        <small title={[...said, entry.user_agent].filter(Boolean).join(" · ")}>
          {shown.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: what an entry says never changes its order
            <span key={index}>
              {index ? " · " : null}
              <bdi>{each}</bdi>
            </span>
          ))}
        </small>
      </span>
      <time className={styles.aside} dateTime={new Date(entry.at).toISOString()}>
        {fullTime(entry.at, i18n.language)}
      </time>
    </li>
  );
}
