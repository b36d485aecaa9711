import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { Page } from "../../shared/admin/Page.tsx";
import { Devices } from "../../shared/session/Devices.tsx";
import { AlertRules } from "./AlertRules.tsx";
import { Alerts } from "./Alerts.tsx";
import { Habits } from "./Habits.tsx";
import { Passkeys } from "./Passkeys.tsx";
import { Password } from "./Password.tsx";
import { SecondFactor } from "./SecondFactor.tsx";

export function Account() {
  const { t } = useTranslation();
  return (
    <Page title={t("account.title")} hint={t("account.hint")}>
      <Password />
      <SecondFactor />
      <Passkeys />
      <section className={styles.section}>
        <h2>{t("access.devices.title")}</h2>
        <p>{t("access.devices.hint")}</p>
        <Devices path="/v1/me/sessions" own />
      </section>
      <Habits />
      <Alerts />
      <AlertRules />
    </Page>
  );
}
