import type { NewPanelAnswer, Panel } from "@frontdesk/api";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";

interface Props {
  readonly panel: Panel | null;
  readonly close: () => void;
  /** A secret was made, which is shown this once. */
  readonly made: (secret: string) => void;
}

export function PanelForm({ panel, close, made }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(panel?.name ?? "");
  const [url, setUrl] = useState(panel?.url ?? "");
  const [sure, setSure] = useState(false);
  const save = useSave("panels", (answer) => {
    close();
    const { secret } = (answer ?? {}) as Partial<NewPanelAnswer>;
    if (secret) made(secret);
  });
  const path = `/v1/panels${panel ? `/${panel.id}` : ""}`;
  const body = { name: name.trim(), url: url.trim() };
  const renew = () =>
    sure ? save.mutate([{ method: "POST", path: `${path}/secret` }]) : setSure(true);
  return (
    <FormDialog
      title={panel?.name ?? t("panels.add")}
      close={close}
      busy={save.isPending}
      ready={body.name !== "" && body.url !== ""}
      submit={() => save.mutate([{ method: panel ? "PATCH" : "POST", path, body }])}
      remove={panel ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
    >
      <TextInput
        data-autofocus
        label={t("common.name")}
        description={t("panels.nameHint")}
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        type="url"
        label={t("panels.url")}
        description={t("panels.urlHint")}
        placeholder="https://erp.example.com/customer"
        spellCheck={false}
        autoComplete="off"
        maxLength={500}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      {panel ? (
        <Button variant="default" w="fit-content" loading={save.isPending} onClick={renew}>
          {t(sure ? "panels.renewSure" : "panels.renew")}
        </Button>
      ) : null}
    </FormDialog>
  );
}
