import type { EnrolledAnswer, FactorOffer } from "@frontdesk/api";
import { Loader, UnstyledButton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { AppSetup } from "../../shared/second-factor/AppSetup.tsx";
import { RecoveryCodes } from "../../shared/second-factor/RecoveryCodes.tsx";
import { asStranger, enter } from "../../shared/session/session.ts";
import styles from "./SignIn.module.css";
import type { StepProps } from "./step.ts";

/** The organization asks for a second factor, and there is none yet: it is set up before anything else. */
export function EnrolmentStep({ step, attempt, again }: StepProps) {
  const { t } = useTranslation();
  const { continuation } = step;
  const [offer, setOffer] = useState<FactorOffer | null>(null);
  const [done, setDone] = useState<EnrolledAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const asked = useRef("");

  useEffect(() => {
    if (asked.current === continuation) return;
    asked.current = continuation;
    void attempt(async () => {
      setOffer(await asStranger("POST", "/v1/auth/enrolment", { body: { continuation } }));
      return step;
    });
  }, [attempt, continuation, step]);

  const confirm = async (code: string) => {
    setBusy(true);
    await attempt(async () => {
      const body = { continuation, code };
      setDone(await asStranger("POST", "/v1/auth/enrolment/confirmation", { body }));
      return step;
    });
    setBusy(false);
  };

  if (done) {
    const go = async () => {
      await enter(done.signed_in);
      return null;
    };
    return <RecoveryCodes codes={done.recovery_codes} done={() => void attempt(go)} />;
  }
  return (
    <div className={styles.form}>
      <p className={styles.intro}>{t("secondFactor.enrolment")}</p>
      {offer ? (
        <AppSetup offer={offer} busy={busy} confirm={confirm} />
      ) : (
        <Loader size="sm" aria-label={t("common.loading")} />
      )}
      <UnstyledButton className={styles.way} onClick={again}>
        {t("secondFactor.again")}
      </UnstyledButton>
    </div>
  );
}
