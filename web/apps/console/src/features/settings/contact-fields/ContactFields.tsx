import type { ContactField } from "@frontdesk/api";
import { ActionIcon, Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconForms, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../../../shared/admin/admin.module.css";
import { useSave } from "../../../shared/admin/useSave.ts";
import { contactFieldsQuery } from "../../../shared/api/queries.ts";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";
import { FieldForm } from "./FieldForm.tsx";
import own from "./fields.module.css";

interface RowProps {
  readonly field: ContactField;
  readonly last: boolean;
  readonly edit: () => void;
  readonly move: (position: number) => void;
  readonly busy: boolean;
}

function Row({ field, last, edit, move, busy }: RowProps) {
  const { t } = useTranslation();
  return (
    <li className={own.line}>
      <button
        type="button"
        className={styles.row}
        data-off={field.archived || undefined}
        onClick={edit}
      >
        <span className={styles.main}>
          <strong>{field.label}</strong>
          <small>{field.choices.length ? field.choices.join(" · ") : field.key}</small>
        </span>
        <span className={styles.aside}>
          {field.archived ? t("fields.archive") : t(`fields.kind.${field.kind}`)}
        </span>
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("fields.up", { label: field.label })}
        disabled={field.position === 0 || busy}
        onClick={() => move(field.position - 1)}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("fields.down", { label: field.label })}
        disabled={last || busy}
        onClick={() => move(field.position + 1)}
      >
        <IconArrowDown size={16} />
      </ActionIcon>
    </li>
  );
}

/** What the organization keeps of its customers beside what everybody keeps. */
export function ContactFields() {
  const { t } = useTranslation();
  const query = useQuery(contactFieldsQuery);
  const [edited, setEdited] = useState<ContactField | "new" | null>(null);
  const save = useSave("contact-fields");
  const fields = query.data ?? [];
  return (
    <>
      <p className={own.hint}>{t("fields.hint")}</p>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && fields.length === 0 ? (
        <Nothing icon={<IconForms size={28} />} title={t("fields.none")}>
          {t("fields.noneHint")}
        </Nothing>
      ) : null}
      <ul className={styles.rows} hidden={fields.length === 0}>
        {fields.map((field, index) => (
          <Row
            key={field.id}
            field={field}
            last={index === fields.length - 1}
            edit={() => setEdited(field)}
            busy={save.isPending}
            move={(position) =>
              save.mutate([
                { method: "PATCH", path: `/v1/contact-fields/${field.id}`, body: { position } },
              ])
            }
          />
        ))}
      </ul>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPlus size={16} />}
        disabled={!query.data}
        onClick={() => setEdited("new")}
      >
        {t("fields.add")}
      </Button>
      {edited ? (
        <FieldForm
          field={edited === "new" ? null : edited}
          taken={fields.map(({ key }) => key)}
          close={() => setEdited(null)}
        />
      ) : null}
    </>
  );
}
