import { useTranslation } from "react-i18next";
import { Page } from "../../shared/admin/Page.tsx";
import { Devices } from "../../shared/session/Devices.tsx";

export function Sessions() {
  const { t } = useTranslation();
  return (
    <Page title={t("access.devices.title")} hint={t("access.devices.hint")}>
      <Devices path="/v1/me/sessions" own />
    </Page>
  );
}
