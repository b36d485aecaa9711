import { Tabs } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import { Page } from "../../shared/admin/Page.tsx";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { Applications } from "./Applications.tsx";
import { Channels } from "./Channels.tsx";
import { ContactFields } from "./contact-fields/ContactFields.tsx";
import { General } from "./General.tsx";
import { OrganizationName } from "./OrganizationName.tsx";
import { Providers } from "./Providers.tsx";
import { Panels } from "./panels/Panels.tsx";
import { SignInRules } from "./SignInRules.tsx";
import { ScorecardEditor } from "./scorecard/ScorecardEditor.tsx";
import { TranslationService } from "./TranslationService.tsx";
import { Tags } from "./tags/Tags.tsx";

export function Settings() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Page title={t("shell.settings")} hint={t("settings.hint")}>
      <Tabs defaultValue="general" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="general">{t("settings.general")}</Tabs.Tab>
          {can(me, "contact.read") ? <Tabs.Tab value="fields">{t("fields.title")}</Tabs.Tab> : null}
          <Tabs.Tab value="signIn">{t("signInPolicy.title")}</Tabs.Tab>
          {can(me, "tag.manage") ? <Tabs.Tab value="tags">{t("tags.title")}</Tabs.Tab> : null}
          {can(me, "quality.manage") ? (
            <Tabs.Tab value="scorecard">{t("scorecard.title")}</Tabs.Tab>
          ) : null}
          {can(me, "channel.manage") ? (
            <Tabs.Tab value="channels">{t("settings.channels")}</Tabs.Tab>
          ) : null}
          {can(me, "conversation.read_own") ? (
            <Tabs.Tab value="panels">{t("panels.title")}</Tabs.Tab>
          ) : null}
          {can(me, "client.manage") ? (
            <Tabs.Tab value="applications">{t("access.apps.title")}</Tabs.Tab>
          ) : null}
          {can(me, "sso.manage") ? <Tabs.Tab value="sso">{t("access.sso.title")}</Tabs.Tab> : null}
          <Tabs.Tab value="translation">{t("translationService.title")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="general">
          <OrganizationName />
          <General />
        </Tabs.Panel>
        <Tabs.Panel value="fields" pt="md">
          <ContactFields />
        </Tabs.Panel>
        <Tabs.Panel value="signIn" pt="md">
          <SignInRules />
        </Tabs.Panel>
        <Tabs.Panel value="tags" pt="md">
          <Tags />
        </Tabs.Panel>
        <Tabs.Panel value="scorecard" pt="md">
          <ScorecardEditor />
        </Tabs.Panel>
        <Tabs.Panel value="channels" pt="md">
          <Channels />
        </Tabs.Panel>
        <Tabs.Panel value="panels" pt="md">
          <Panels />
        </Tabs.Panel>
        <Tabs.Panel value="applications" pt="md">
          <Applications />
        </Tabs.Panel>
        <Tabs.Panel value="sso" pt="md">
          <Providers />
        </Tabs.Panel>
        <Tabs.Panel value="translation" pt="md">
          <TranslationService />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
