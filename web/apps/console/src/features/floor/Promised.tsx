import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery, teamsQuery } from "../../shared/api/queries.ts";
import { useLive } from "../../shared/live/connection.ts";
import { TimeLeft } from "../../shared/ui/DueTime.tsx";
import { Face } from "../../shared/ui/Face.tsx";
import styles from "./floor.module.css";

/** Promised times that end soon or are over, the most urgent first; nothing while all is well. */
export function Promised() {
  const { t } = useTranslation();
  const owed = useLive((state) => state.owed);
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: agents = [] } = useQuery(agentsQuery);
  const pressing = Object.entries(owed)
    .flatMap(([id, { contact, agent, team, due }]) =>
      due[0].standing === "running" ? [] : [{ id, contact, agent, team, due: due[0] }],
    )
    .sort((a, b) => a.due.due_at - b.due.due_at);
  return (
    <section className={styles.promised} aria-label={t("serviceLevel.floor")}>
      <span className="sr-only" role="status">
        {pressing.length ? t("serviceLevel.pressing", { count: pressing.length }) : ""}
      </span>
      {pressing.length ? (
        <>
          <h2>
            {t("serviceLevel.floor")} <strong>{pressing.length}</strong>
          </h2>
          <ul className={styles.rows}>
            {pressing.map(({ id, contact, agent, team, due }) => (
              <li key={id} className={styles.row}>
                <Face id={id} name={contact} size={32} />
                <Link
                  to="/inbox/$conversation"
                  params={{ conversation: id }}
                  search={{ view: "all" }}
                  className={styles.main}
                >
                  <strong>{contact}</strong>
                  <small>
                    {[
                      t(`due.${due.measure}`),
                      teams.find((each) => each.id === team)?.name,
                      agents.find((each) => each.id === agent)?.name ?? t("serviceLevel.waiting"),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </small>
                </Link>
                <TimeLeft due={due} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}
