import { ApiError } from "@frontdesk/api";
import { Alert, Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { enteredAt, enteredWith } from "../../shared/entered.ts";
import { signIn, useSession } from "../../shared/session/session.ts";
import { storage } from "../../shared/storage.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { Forgotten } from "./Forgotten.tsx";
import { NewPassword } from "./NewPassword.tsx";
import { http } from "./open.ts";
import styles from "./SignIn.module.css";
import { SingleSignOn } from "./SingleSignOn.tsx";

const key = "frontdesk.sign-in";
const returns = ["expired", "cancelled", "failed", "no-account"] as const;

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

/** What went wrong at the company's own sign-in, if that is why one is here again. */
function useReturned(): string | null {
  const { t } = useTranslation();
  const told = new URLSearchParams(enteredWith).get("sso");
  const known = returns.find((one) => one === told);
  return known ? t(`signIn.sso.${known}`) : null;
}

function useWords() {
  const { t } = useTranslation();
  const failure = useFailure();
  return (error: unknown) => {
    if (error instanceof ApiError && [400, 401, 403, 404].includes(error.status))
      return t("signIn.refused");
    if (error instanceof ApiError && error.status === 429) return t("signIn.tooMany");
    return failure.words(error);
  };
}

function Password({ forgotten }: { forgotten: (organization: string) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const words = useWords();
  const [before] = useState(remembered);
  const [busy, setBusy] = useState(false);
  const returned = useReturned();
  const [problem, setProblem] = useState(returned);
  const [organization, setOrganization] = useState(before.organization ?? "");
  const [missing, setMissing] = useState<readonly string[]>([]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? "").trim();
    const [organization, username] = [value("organization").toLowerCase(), value("username")];
    const password = String(form.get("password") ?? "");
    const empty = Object.entries({ organization, username, password }).filter(([, text]) => !text);
    setMissing(empty.map(([name]) => name));
    if (empty.length) return;
    setBusy(true);
    setProblem(null);
    try {
      await signIn(organization, username, password);
      storage.write(key, JSON.stringify({ organization, username }));
    } catch (error) {
      setProblem(words(error));
    } finally {
      setBusy(false);
    }
  }

  const required = (name: string) => (missing.includes(name) ? t("signIn.required") : undefined);
  const ended = session.phase === "signed-out" && session.ended;
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-labelledby="sign-in-title">
      {problem || ended ? (
        <Alert color={problem ? "red" : "yellow"} variant="light" role="alert">
          {problem ?? t("signIn.ended")}
        </Alert>
      ) : null}
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
      <ForgottenLink go={() => forgotten(organization)} />
      <SingleSignOn organization={organization} failed={(error) => setProblem(words(error))} />
    </form>
  );
}

/** There where mail can be sent. */
function ForgottenLink({ go }: { go: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["password-reset"],
    queryFn: ({ signal }) =>
      http<{ available: boolean }>("GET", "/v1/auth/password-reset", { signal }),
    retry: false,
  });
  if (!data?.available) return null;
  return (
    <Anchor component="button" type="button" size="sm" onClick={go}>
      {t("signIn.reset.forgotten")}
    </Anchor>
  );
}

export function SignIn({ switches }: { switches: ReactNode }) {
  const { t } = useTranslation();
  const words = useWords();
  const [word, setWord] = useState(() => /^#reset=([\w-]+)$/.exec(enteredAt)?.[1] ?? null);
  const [forgotten, setForgotten] = useState<string | null>(null);
  const back = () => {
    setWord(null);
    setForgotten(null);
  };
  const resets = word !== null || forgotten !== null;
  return (
    <main className={styles.page}>
      <div className={styles.switches}>{switches}</div>
      <div className={styles.card}>
        <span className={styles.mark} aria-hidden="true" />
        <h1 id="sign-in-title" className={styles.title}>
          {t(resets ? "signIn.reset.title" : "signIn.welcome")}
        </h1>
        {resets ? null : <p className={styles.intro}>{t("signIn.intro")}</p>}
        {word !== null ? (
          <NewPassword word={word} back={back} />
        ) : forgotten !== null ? (
          <Forgotten organization={forgotten} words={words} back={back} />
        ) : (
          <Password forgotten={setForgotten} />
        )}
      </div>
    </main>
  );
}
