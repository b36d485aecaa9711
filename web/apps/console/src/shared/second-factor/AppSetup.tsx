import type { FactorOffer } from "@frontdesk/api";
import { Button, CopyButton } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { CodeInput } from "./CodeInput.tsx";
import styles from "./second-factor.module.css";

interface Props {
  readonly offer: FactorOffer;
  readonly busy: boolean;
  readonly error?: string | undefined;
  readonly confirm: (code: string) => void;
}

/** What an authenticator app is set up with, and the first code of it. */
export function AppSetup({ offer, busy, error, confirm }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() && !busy) confirm(code);
    setCode("");
  };
  return (
    <form className={styles.setup} onSubmit={submit} noValidate>
      <p>{t("secondFactor.scan")}</p>
      <img
        className={styles.picture}
        src={offer.picture}
        alt={t("secondFactor.picture")}
        width={184}
        height={184}
      />
      <details>
        <summary>{t("secondFactor.byHand")}</summary>
        <div className={styles.secret}>
          <code>{offer.secret.match(/.{1,4}/g)?.join(" ")}</code>
          <CopyButton value={offer.secret}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {t(copied ? "secondFactor.copied" : "secondFactor.copy")}
              </Button>
            )}
          </CopyButton>
        </div>
      </details>
      <CodeInput value={code} change={setCode} error={error} />
      <Button type="submit" loading={busy}>
        {t("secondFactor.confirm")}
      </Button>
    </form>
  );
}
