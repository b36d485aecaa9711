import type { NextStep } from "@frontdesk/api";
import { Alert, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { enteredAt } from "../../shared/entered.ts";
import { useSession } from "../../shared/session/session.ts";
import { CodeStep } from "./CodeStep.tsx";
import { Credentials } from "./Credentials.tsx";
import { EnrolmentStep } from "./EnrolmentStep.tsx";
import { Forgotten } from "./Forgotten.tsx";
import { NewPassword } from "./NewPassword.tsx";
import { PasskeyButton } from "./PasskeyButton.tsx";
import { useRefusal, useReturned } from "./refusal.ts";
import styles from "./SignIn.module.css";

/** One card, whatever is asked for: who one is first, then the second factor where there is one. */
export function SignIn({ switches }: { switches: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const refusal = useRefusal();
  const [word, setWord] = useState(() => /^#reset=([\w-]+)$/.exec(enteredAt)?.[1] ?? null);
  const [forgotten, setForgotten] = useState<string | null>(null);
  const [step, setStep] = useState<NextStep | null>(null);
  const returned = useReturned();
  const [problem, setProblem] = useState(returned);
  const ended = session.phase === "signed-out" && session.ended;

  /** Does what a form asks for and says what went wrong; a sign-in that took too long begins again. */
  const attempt = async (work: () => Promise<NextStep | null>) => {
    setProblem(null);
    try {
      setStep(await work());
    } catch (error) {
      if (refusal.isOver(error)) setStep(null);
      setProblem(refusal.words(error));
    }
  };
  const back = () => {
    setWord(null);
    setForgotten(null);
    setStep(null);
    setProblem(null);
  };

  const resets = word !== null || forgotten !== null;
  const title = resets ? "signIn.reset.title" : "signIn.welcome";
  return (
    <main className={styles.page}>
      <div className={styles.switches}>{switches}</div>
      <div className={styles.card}>
        <span className={styles.mark} aria-hidden="true" />
        <h1 id="sign-in-title" className={styles.title}>
          {t(step ? `secondFactor.title.${step.needs}` : title)}
        </h1>
        {!resets && (problem || (ended && !step)) ? (
          <Alert color={problem ? "red" : "yellow"} variant="light" role="alert">
            {problem ?? t("signIn.ended")}
          </Alert>
        ) : null}
        {word !== null ? (
          <NewPassword word={word} back={back} />
        ) : forgotten !== null ? (
          <Forgotten organization={forgotten} words={refusal.words} back={back} />
        ) : step?.needs === "code" ? (
          <CodeStep step={step} attempt={attempt} again={back} />
        ) : step?.needs === "enrolment" ? (
          <EnrolmentStep step={step} attempt={attempt} again={back} />
        ) : step ? (
          <>
            <p className={styles.intro}>{t("passkeys.needed")}</p>
            <PasskeyButton attempt={attempt} />
            <UnstyledButton className={styles.way} onClick={back}>
              {t("secondFactor.again")}
            </UnstyledButton>
          </>
        ) : (
          <Credentials attempt={attempt} forgotten={setForgotten} />
        )}
      </div>
    </main>
  );
}
