import { Button, TextInput, UnstyledButton } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { CodeInput } from "../../shared/second-factor/CodeInput.tsx";
import { signIn } from "../../shared/session/session.ts";
import styles from "./SignIn.module.css";
import type { StepProps } from "./step.ts";

export function CodeStep({ step, attempt, again }: StepProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const [recovering, setRecovering] = useState(false);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!code.trim()) return;
    setBusy(true);
    await attempt(async () => {
      try {
        return await signIn("/v1/auth/code", { continuation: step.continuation, code });
      } catch (error) {
        setCode("");
        throw error;
      }
    });
    setBusy(false);
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-labelledby="sign-in-title">
      {recovering ? (
        <TextInput
          key="recovery"
          label={t("secondFactor.recoveryCode")}
          description={t("secondFactor.recoveryCodeHint")}
          value={code}
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          size="md"
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      ) : (
        <CodeInput value={code} change={setCode} autoFocus size="md" />
      )}
      <Button type="submit" size="md" loading={busy} fullWidth mt="xs">
        {t("signIn.submit")}
      </Button>
      <div className={styles.ways}>
        <UnstyledButton
          className={styles.way}
          onClick={() => {
            setCode("");
            setRecovering(!recovering);
          }}
        >
          {t(recovering ? "secondFactor.byApp" : "secondFactor.byRecovery")}
        </UnstyledButton>
        <UnstyledButton className={styles.way} onClick={again}>
          {t("secondFactor.again")}
        </UnstyledButton>
      </div>
    </form>
  );
}
