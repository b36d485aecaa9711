import type { KnowledgeBase } from "@frontdesk/api";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";

interface Props {
  readonly base: KnowledgeBase | null;
  readonly close: () => void;
  readonly done: (id: string) => void;
}

export function BaseForm({ base, close, done }: Props) {
  const { t } = useTranslation();
  const save = useSave("knowledge", (answer) => {
    close();
    const made = (answer as { knowledge_base?: KnowledgeBase } | null)?.knowledge_base;
    if (made) done(made.id);
  });
  const [name, setName] = useState(base?.name ?? "");
  const [description, setDescription] = useState(base?.description ?? "");
  const path = base ? `/v1/knowledge-bases/${base.id}` : "/v1/knowledge-bases";
  const body = { name: name.trim(), description: description.trim() };
  const submit = () => save.mutate([{ method: base ? "PATCH" : "POST", path, body }]);
  return (
    <FormDialog
      title={t(base ? "knowledge.editBase" : "knowledge.addBase")}
      close={close}
      busy={save.isPending}
      ready={body.name !== ""}
      submit={submit}
    >
      <TextInput
        data-autofocus
        label={t("common.name")}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("knowledge.description")}
        description={t("common.optional")}
        maxLength={500}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
