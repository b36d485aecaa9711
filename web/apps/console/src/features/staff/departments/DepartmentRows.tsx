import type { Agent, Department } from "@frontdesk/api";
import { Text } from "@mantine/core";
import { IconSitemap } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../../../shared/admin/admin.module.css";
import { departmentsQuery } from "../../../shared/api/queries.ts";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";

interface Props {
  readonly agents: readonly Agent[];
  readonly locked: boolean;
  readonly edit: (department: Department) => void;
}

/** The departments, with who belongs to each. */
export function DepartmentRows({ agents, locked, edit }: Props) {
  const { t } = useTranslation();
  const { data: departments, error, refetch } = useQuery(departmentsQuery);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!departments) return null;
  if (departments.length === 0) {
    return (
      <Nothing icon={<IconSitemap size={28} />} title={t("departments.none")}>
        {t("departments.noneHint")}
      </Nothing>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t("departments.hint")}
      </Text>
      <ul className={styles.rows}>
        {departments.map((department) => {
          const people = agents.filter(
            ({ kind, department_id }) => kind === "human" && department_id === department.id,
          );
          return (
            <li key={department.id}>
              <button
                type="button"
                className={styles.row}
                disabled={locked}
                onClick={() => edit(department)}
              >
                <span className={styles.main}>
                  <strong>{department.name}</strong>
                  <small>
                    {people.map(({ name, nickname }) => name || nickname).join(", ") ||
                      t("departments.nobody")}
                  </small>
                </span>
                <span className={styles.aside}>
                  {t("departments.people", { count: people.length })}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
