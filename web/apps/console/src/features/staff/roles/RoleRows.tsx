import type { Agent, Role } from "@frontdesk/api";
import { IconShieldLock } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../../../shared/admin/admin.module.css";
import { useRoles } from "../../../shared/session/roles.ts";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";

interface ListProps {
  readonly roles: readonly Role[];
  readonly agents: readonly Agent[];
  readonly edit: (role: Role) => void;
}

function List({ roles, agents, edit }: ListProps) {
  const { t } = useTranslation();
  const { nameOf, aboutOf } = useRoles();
  const holders = ({ id }: Role) =>
    agents.filter(({ kind, role }) => kind === "human" && role === id).length;
  return (
    <ul className={styles.rows}>
      {roles.map((role) => (
        <li key={role.id}>
          <button type="button" className={styles.row} onClick={() => edit(role)}>
            <span className={styles.main}>
              <strong>
                <bdi>{nameOf(role.id)}</bdi>
              </strong>
              <small>{aboutOf(role)}</small>
            </span>
            <span className={styles.aside} data-extra>
              {role.built_in ? t(`roles.reach.${role.scope}`) : null}
            </span>
            <span className={styles.aside}>{t("roles.holders", { count: holders(role) })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function RoleRows({ agents, edit }: Omit<ListProps, "roles">) {
  const { t } = useTranslation();
  const { roles, query } = useRoles();
  const own = roles.filter((role) => !role.built_in);
  return (
    <>
      {query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {own.length ? (
        <List roles={own} agents={agents} edit={edit} />
      ) : (
        <Nothing icon={<IconShieldLock size={28} />} title={t("roles.none")}>
          {t("roles.noneHint")}
        </Nothing>
      )}
      <section className={styles.section}>
        <h2>{t("roles.builtIn")}</h2>
        <p>{t("roles.builtInHint")}</p>
        <List roles={roles.filter((role) => role.built_in)} agents={agents} edit={edit} />
      </section>
    </>
  );
}
