import type { IdentityProvider } from "@frontdesk/api";
import { PasswordInput, Switch, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { RoleRules } from "./RoleRules.tsx";

interface Props {
  readonly provider: IdentityProvider | null;
  /** Where the provider sends people back to. */
  readonly callback: string;
  readonly close: () => void;
}

const separators = [" ", ",", ";"];

export function ProviderForm({ provider, callback, close }: Props) {
  const { t } = useTranslation();
  const save = useSave("providers", close);
  const [secret, setSecret] = useState("");
  const [issuer, setIssuer] = useState(provider?.issuer ?? "");
  const [form, setForm] = useState({
    name: provider?.name ?? "",
    client_id: provider?.client_id ?? "",
    scopes: [...(provider?.scopes ?? ["openid", "profile", "email"])],
    domains: [...(provider?.domains ?? [])],
    creates_accounts: provider?.creates_accounts ?? false,
    role_claim: provider?.role_claim ?? "",
    role_rules: [...(provider?.role_rules ?? [])],
    default_role: provider?.default_role ?? "",
  });
  const [enabled, setEnabled] = useState(provider?.enabled ?? true);
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const path = `/v1/identity-providers${provider ? `/${provider.id}` : ""}`;
  const body = {
    ...form,
    ...(secret ? { client_secret: secret } : {}),
    ...(provider ? { enabled } : { issuer: issuer.trim() }),
  };
  const text = (field: "name" | "client_id" | "role_claim") => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [field]: event.currentTarget.value }),
  });
  return (
    <FormDialog
      title={provider?.name ?? t("access.sso.add")}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={Boolean(form.name.trim() && issuer.trim() && form.client_id.trim())}
      submit={() => save.mutate([{ method: provider ? "PATCH" : "POST", path, body }])}
      remove={provider ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
    >
      <TextInput
        data-autofocus
        label={t("common.name")}
        description={t("access.sso.nameHint")}
        maxLength={60}
        {...text("name")}
      />
      <TextInput label={t("access.sso.callback")} value={callback} readOnly />
      <TextInput
        label={t("access.sso.issuer")}
        placeholder="https://login.example.com/tenant"
        spellCheck={false}
        disabled={provider !== null}
        value={issuer}
        onChange={(event) => setIssuer(event.currentTarget.value)}
      />
      <TextInput label={t("access.sso.clientId")} spellCheck={false} {...text("client_id")} />
      <PasswordInput
        label={t("access.sso.secret")}
        description={provider?.secret ? t("access.sso.kept") : undefined}
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <TagsInput
        label={t("access.sso.scopes")}
        splitChars={separators}
        value={form.scopes}
        onChange={(scopes) => set({ scopes })}
      />
      <TagsInput
        label={t("access.sso.domains")}
        description={t("access.sso.domainsHint")}
        placeholder="example.com"
        splitChars={separators}
        value={form.domains}
        onChange={(domains) => set({ domains })}
      />
      <Switch
        label={t("access.sso.creates")}
        description={t("access.sso.createsHint")}
        checked={form.creates_accounts}
        onChange={(event) => set({ creates_accounts: event.currentTarget.checked })}
      />
      <TextInput
        label={t("access.sso.claim")}
        description={t("access.sso.claimHint")}
        spellCheck={false}
        {...text("role_claim")}
      />
      <RoleRules
        rules={form.role_rules}
        otherwise={form.default_role}
        change={(role_rules, default_role) => set({ role_rules, default_role })}
      />
      {provider ? (
        <Switch
          label={t("access.sso.enabled")}
          description={t("access.sso.enabledHint")}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  );
}
