import { Alert, Anchor, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { asStranger } from "../../shared/session/session.ts";
import styles from "./SignIn.module.css";

interface Props {
  readonly organization: string;
  readonly words: (error: unknown) => string;
  readonly back: () => void;
}

/** Asks for a mail with a link. What is answered is the same for everybody. */
export function Forgotten({ organization, words, back }: Props) {
  const { t, i18n } = useTranslation();
  const ask = useMutation({
    mutationFn: (wish: Record<string, string>) =>
      asStranger("POST", "/v1/auth/password-reset", { body: wish }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (field: string) => String(form.get(field) ?? "").trim();
    ask.mutate({
      organization: value("organization"),
      name: value("name"),
      language: i18n.language === "zh-CN" ? "zh-CN" : "en",
    });
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby="sign-in-title">
      {ask.isError ? (
        <Alert color="red" variant="light" role="alert">
          {words(ask.error)}
        </Alert>
      ) : null}
      {ask.isSuccess ? (
        <Alert color="green" variant="light" role="status">
          {t("signIn.reset.sent")}
        </Alert>
      ) : (
        <>
          <TextInput
            name="organization"
            label={t("signIn.organization")}
            defaultValue={organization}
            autoCapitalize="none"
            required
            withAsterisk={false}
            size="md"
          />
          <TextInput
            name="name"
            label={t("signIn.reset.name")}
            autoComplete="username"
            autoCapitalize="none"
            required
            withAsterisk={false}
            autoFocus
            size="md"
          />
          <Button type="submit" size="md" loading={ask.isPending} fullWidth>
            {t("signIn.reset.send")}
          </Button>
        </>
      )}
      <Anchor component="button" type="button" size="sm" onClick={back}>
        {t("signIn.reset.back")}
      </Anchor>
    </form>
  );
}
