import type { Department } from "@frontdesk/api";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";

interface Props {
  readonly department: Department | null;
  readonly close: () => void;
}

/** A department's name; who belongs to it is said with each agent. */
export function DepartmentForm({ department, close }: Props) {
  const { t } = useTranslation();
  const save = useSave("departments", close);
  const [name, setName] = useState(department?.name ?? "");
  const path = department ? `/v1/departments/${department.id}` : "/v1/departments";
  return (
    <FormDialog
      title={department?.name ?? t("departments.add")}
      close={close}
      busy={save.isPending}
      ready={name.trim() !== ""}
      submit={() => save.mutate([{ method: department ? "PATCH" : "POST", path, body: { name } }])}
      remove={department ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
      removal={t("departments.removal")}
    >
      <TextInput
        data-autofocus
        label={t("common.name")}
        description={t("departments.howToJoin")}
        maxLength={50}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
