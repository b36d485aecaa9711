import type { ContactField, FieldKind } from "@frontdesk/api";
import { NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import { keyOf } from "./key.ts";

interface Props {
  readonly field: ContactField | null;
  readonly taken: readonly string[];
  readonly close: () => void;
}

const kinds = ["text", "number", "date", "choice", "boolean", "link"] as const;

export function FieldForm({ field, taken, close }: Props) {
  const { t } = useTranslation();
  const save = useSave("contact-fields", close);
  const [form, setForm] = useState({
    label: field?.label ?? "",
    key: null as string | null,
    kind: field?.kind ?? ("text" as FieldKind),
    choices: field?.choices.join("\n") ?? "",
    archived: field?.archived ?? false,
  });
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const label = form.label.trim();
  const key = field?.key ?? form.key ?? (label ? keyOf(label, taken) : "");
  const choices = form.choices
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const chosen = form.kind === "choice";
  const shared = { label, ...(chosen ? { choices } : {}) };
  return (
    <FormDialog
      title={t(field ? "fields.edit" : "fields.add")}
      close={close}
      busy={save.isPending}
      ready={label !== "" && key !== "" && (!chosen || choices.length > 0)}
      submit={() =>
        save.mutate([
          field
            ? {
                method: "PATCH",
                path: `/v1/contact-fields/${field.id}`,
                body: { ...shared, archived: form.archived },
              }
            : {
                method: "POST",
                path: "/v1/contact-fields",
                body: { ...shared, key, kind: form.kind },
              },
        ])
      }
    >
      <TextInput
        data-autofocus
        label={t("fields.label")}
        maxLength={50}
        value={form.label}
        onChange={(event) => set({ label: event.currentTarget.value })}
      />
      <NativeSelect
        label={t("fields.kindLabel")}
        description={field ? undefined : t("fields.kindHint")}
        disabled={field !== null}
        data={kinds.map((kind) => ({ value: kind, label: t(`fields.kind.${kind}`) }))}
        value={form.kind}
        onChange={(event) => set({ kind: event.currentTarget.value as FieldKind })}
      />
      {chosen ? (
        <Textarea
          label={t("fields.choices")}
          description={t("fields.choicesHint")}
          autosize
          minRows={3}
          maxRows={10}
          value={form.choices}
          onChange={(event) => set({ choices: event.currentTarget.value })}
        />
      ) : null}
      <TextInput
        label={t("fields.key")}
        description={field ? undefined : t("fields.keyHint")}
        disabled={field !== null}
        maxLength={40}
        spellCheck={false}
        value={key}
        onChange={(event) => set({ key: event.currentTarget.value })}
      />
      {field ? (
        <Switch
          label={t("fields.archive")}
          description={t("fields.archiveHint")}
          checked={form.archived}
          onChange={(event) => set({ archived: event.currentTarget.checked })}
        />
      ) : null}
    </FormDialog>
  );
}
