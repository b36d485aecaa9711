import type { AgentStatus } from "@frontdesk/api";
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery } from "../../shared/api/queries.ts";
import { rank } from "../../shared/fuzzy/fuzzy.ts";
import { useLive } from "../../shared/live/connection.ts";
import { statuses } from "../../shared/session/presence.ts";
import { StatusDot } from "../../shared/ui/StatusDot.tsx";
import { AgentRow, type Shown } from "./AgentRow.tsx";
import styles from "./floor.module.css";

const order: Record<AgentStatus, number> = { online: 0, busy: 1, away: 2, offline: 3 };

/** Within a state the fullest come first: that is where help is needed. */
function byState(a: Shown, b: Shown): number {
  const filled = ({ load, capacity }: Shown) => load / Math.max(1, capacity);
  return order[a.status] - order[b.status] || filled(b) - filled(a) || a.name.localeCompare(b.name);
}

export function Agents() {
  const { t } = useTranslation();
  const live = useLive((state) => state.agents);
  const { data = [] } = useQuery(agentsQuery);
  const [query, setQuery] = useState("");
  const [status, setStatus] = useState<AgentStatus | null>(null);
  const people = data
    .filter(({ kind, enabled }) => kind === "human" && enabled)
    .map(({ id, name, nickname, avatar_url, ...stored }): Shown => {
      const now = live[id] ?? stored;
      return {
        id,
        name: name || nickname,
        avatar_url,
        status: now.status,
        load: now.load,
        capacity: now.capacity,
        since: live[id]?.since || stored.status_since,
        reason: live[id]?.reason ?? stored.reason,
        wraps: live[id]?.wraps_until ?? null,
      };
    });
  const wanted = people.filter((each) => status === null || each.status === status).sort(byState);
  const shown = rank(query, wanted, ({ name }) => [name]);
  return (
    <section className={styles.side} aria-label={t("floor.agents")}>
      <h2>{t("floor.agents")}</h2>
      <div className={styles.chips}>
        {statuses.map((each) => (
          <button
            key={each}
            type="button"
            className={styles.chip}
            aria-pressed={status === each}
            onClick={() => setStatus(status === each ? null : each)}
          >
            <StatusDot status={each} />
            <span>{t(`presence.${each}`)}</span>
            <strong>{people.filter((one) => one.status === each).length}</strong>
          </button>
        ))}
      </div>
      <TextInput
        size="sm"
        aria-label={t("floor.search")}
        placeholder={t("floor.search")}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {shown.length ? (
        <ul className={styles.rows}>
          {shown.map((agent) => (
            <AgentRow key={agent.id} {...agent} />
          ))}
        </ul>
      ) : (
        <p className={styles.nothing}>{t("floor.noAgents")}</p>
      )}
    </section>
  );
}
