import type { Application } from "@frontdesk/api";
import { Button, MultiSelect, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { useRoles } from "../../shared/session/roles.ts";

interface Props {
  readonly application: Application | null;
  readonly known: readonly string[];
  readonly close: () => void;
  readonly made: (secret: string | null) => void;
}

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

export function ApplicationForm({ application, known, close, made }: Props) {
  const { t } = useTranslation();
  const { roles, nameOf } = useRoles();
  const save = useSave("applications", (answer) => {
    close();
    made((answer as { secret?: string | null } | null)?.secret ?? null);
  });
  const [form, setForm] = useState({
    name: application?.name ?? "",
    redirects: application?.redirect_uris.join("\n") ?? "",
    logouts: application?.logout_uris.join("\n") ?? "",
    scopes: [...(application?.scopes ?? ["openid", "profile"])],
    trusted: application?.trusted ?? false,
    enabled: application?.enabled ?? true,
    secret: true,
    role: null as string | null,
  });
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const path = `/v1/oauth/clients${application ? `/${application.id}` : ""}`;
  const body = {
    name: form.name,
    redirect_uris: lines(form.redirects),
    logout_uris: lines(form.logouts),
    scopes: form.scopes,
    trusted: form.trusted,
    ...(application
      ? { enabled: form.enabled }
      : { secret: form.secret, service_role: form.secret ? form.role : null }),
  };
  return (
    <FormDialog
      title={application?.name ?? t("access.apps.add")}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={form.name.trim() !== ""}
      submit={() => save.mutate([{ method: application ? "PATCH" : "POST", path, body }])}
      remove={application ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
    >
      <TextInput
        data-autofocus
        label={t("common.name")}
        description={t("access.apps.nameHint")}
        maxLength={60}
        value={form.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {(["redirects", "logouts"] as const).map((field) => (
        <Textarea
          key={field}
          label={t(`access.apps.${field}`)}
          description={t("access.apps.addressHint")}
          placeholder="https://app.example.com/callback"
          autosize
          minRows={field === "redirects" ? 2 : 1}
          spellCheck={false}
          value={form[field]}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
        />
      ))}
      <MultiSelect
        label={t("access.apps.scopes")}
        description={t("access.apps.scopesHint")}
        data={[...known]}
        searchable
        value={form.scopes}
        onChange={(scopes) => set({ scopes })}
      />
      <Switch
        label={t("access.apps.trusted")}
        description={t("access.apps.trustedHint")}
        checked={form.trusted}
        onChange={(event) => set({ trusted: event.currentTarget.checked })}
      />
      {application ? (
        <>
          <Switch
            label={t("access.apps.enabled")}
            checked={form.enabled}
            onChange={(event) => set({ enabled: event.currentTarget.checked })}
          />
          {application.secret ? (
            <Button
              variant="default"
              w="fit-content"
              onClick={() => save.mutate([{ method: "POST", path: `${path}/secret` }])}
            >
              {t("access.apps.renew")}
            </Button>
          ) : null}
        </>
      ) : (
        <>
          <Switch
            label={t("access.apps.keepsSecret")}
            description={t("access.apps.keepsSecretHint")}
            checked={form.secret}
            onChange={(event) => set({ secret: event.currentTarget.checked })}
          />
          <Select
            label={t("access.apps.role")}
            description={t("access.apps.roleHint")}
            clearable
            disabled={!form.secret}
            data={roles.map(({ id }) => ({ value: id, label: nameOf(id) }))}
            value={form.secret ? form.role : null}
            onChange={(role) => set({ role })}
          />
        </>
      )}
    </FormDialog>
  );
}
