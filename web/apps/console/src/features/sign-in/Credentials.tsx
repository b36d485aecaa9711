import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { signIn } from "../../shared/session/session.ts";
import { storage } from "../../shared/storage.ts";
import { ForgottenLink } from "./ForgottenLink.tsx";
import { PasskeyButton } from "./PasskeyButton.tsx";
import styles from "./SignIn.module.css";
import { SingleSignOn } from "./SingleSignOn.tsx";
import type { Attempt } from "./step.ts";

const key = "frontdesk.sign-in";

interface Remembered {
  readonly organization?: string;
  readonly username?: string;
}

function remembered(): Remembered {
  try {
    return JSON.parse(storage.read(key) ?? "{}");
  } catch {
    return {};
  }
}

interface Props {
  readonly attempt: Attempt;
  readonly forgotten: (organization: string) => void;
}

export function Credentials({ attempt, forgotten }: Props) {
  const { t } = useTranslation();
  const [before] = useState(remembered);
  const [busy, setBusy] = useState(false);
  const [organization, setOrganization] = useState(before.organization ?? "");
  const [missing, setMissing] = useState<readonly string[]>([]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? "").trim();
    const [organization, username] = [value("organization").toLowerCase(), value("username")];
    const password = String(form.get("password") ?? "");
    const body = { organization, username, password };
    const empty = Object.entries(body).filter(([, text]) => !text);
    setMissing(empty.map(([name]) => name));
    if (empty.length) return;
    setBusy(true);
    await attempt(async () => {
      const step = await signIn("/v1/auth/sign-in", body);
      storage.write(key, JSON.stringify({ organization, username }));
      return step;
    });
    setBusy(false);
  }

  const required = (name: string) => (missing.includes(name) ? t("signIn.required") : undefined);
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-labelledby="sign-in-title">
      <p className={styles.intro}>{t("signIn.intro")}</p>
      <TextInput
        name="organization"
        label={t("signIn.organization")}
        description={t("signIn.organizationHint")}
        defaultValue={before.organization ?? ""}
        error={required("organization")}
        autoComplete="organization"
        autoCapitalize="none"
        autoFocus={!before.organization}
        onBlur={(event) => setOrganization(event.currentTarget.value.trim().toLowerCase())}
        size="md"
      />
      <TextInput
        name="username"
        label={t("signIn.username")}
        defaultValue={before.username ?? ""}
        error={required("username")}
        autoComplete="username"
        autoCapitalize="none"
        size="md"
      />
      <PasswordInput
        name="password"
        label={t("signIn.password")}
        error={required("password")}
        autoComplete="current-password"
        autoFocus={Boolean(before.organization)}
        size="md"
      />
      <Button type="submit" size="md" loading={busy} fullWidth mt="xs">
        {t("signIn.submit")}
      </Button>
      <PasskeyButton attempt={attempt} />
      <ForgottenLink go={() => forgotten(organization)} />
      <SingleSignOn
        organization={organization}
        failed={(error) => void attempt(() => Promise.reject(error))}
      />
    </form>
  );
}
