import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { departmentsQuery } from "../../../shared/api/queries.ts";

interface Props {
  readonly value: string | null;
  readonly set: (id: string | null) => void;
}

/** Which department somebody belongs to. There is nothing to choose where there are none. */
export function DepartmentOf({ value, set }: Props) {
  const { t } = useTranslation();
  const { data: departments = [] } = useQuery(departmentsQuery);
  if (departments.length === 0) return null;
  return (
    <Select
      label={t("departments.label")}
      placeholder={t("departments.without")}
      clearable
      searchable
      data={departments.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={set}
    />
  );
}
