import { ApiError } from "@frontdesk/api";
import { Alert, Anchor, Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { asStranger } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import styles from "./SignIn.module.css";

interface Props {
  /** What the mail brought. */
  readonly word: string;
  readonly back: () => void;
}

/** Chooses the password that the link of a mail allows, once. */
export function NewPassword({ word, back }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const choose = useMutation({
    mutationFn: (password: string) =>
      asStranger("POST", "/v1/auth/password-reset/done", { body: { word, password } }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    choose.mutate(String(new FormData(event.currentTarget).get("password") ?? ""));
  }
  const { error } = choose;
  const over = error instanceof ApiError && error.wire.code === "auth.reset-over";
  return (
    <form className={styles.form} onSubmit={submit} aria-labelledby="sign-in-title">
      {error ? (
        <Alert color="red" variant="light" role="alert">
          {over ? t("signIn.reset.over") : failure.words(error)}
        </Alert>
      ) : null}
      {choose.isSuccess ? (
        <Alert color="green" variant="light" role="status">
          {t("signIn.reset.done")}
        </Alert>
      ) : (
        <>
          <PasswordInput
            name="password"
            label={t("signIn.reset.password")}
            description={t("signIn.reset.passwordHint")}
            autoComplete="new-password"
            required
            withAsterisk={false}
            autoFocus
            size="md"
          />
          <Button type="submit" size="md" loading={choose.isPending} fullWidth>
            {t("signIn.reset.choose")}
          </Button>
        </>
      )}
      <Anchor component="button" type="button" size="sm" onClick={back}>
        {t("signIn.reset.back")}
      </Anchor>
    </form>
  );
}
