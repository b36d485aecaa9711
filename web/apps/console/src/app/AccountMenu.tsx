import { Menu, useMantineColorScheme } from "@mantine/core";
import {
  IconBell,
  IconCheck,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconShieldLock,
  IconVolume,
  IconVolumeOff,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { changeLanguage } from "../i18n/i18n.ts";
import { useTranslation } from "../i18n/translation.tsx";
import { askForNotifications, useNotificationPermission } from "../shared/alerts/desktop.ts";
import { changeRules, useRules } from "../shared/alerts/rules.ts";
import { play } from "../shared/alerts/sound.ts";
import { signOut, useMe } from "../shared/session/session.ts";
import { Key } from "../shared/ui/Key.tsx";
import type { Layer } from "../shared/ui/useLayer.ts";
import styles from "./app.module.css";
import { NavMenu } from "./NavMenu.tsx";
import { openSheet } from "./sheet.ts";

function Alerts() {
  const { t } = useTranslation();
  const { sound } = useRules();
  const permission = useNotificationPermission();
  const granted = permission === "granted";
  return (
    <>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={sound ? <IconVolume size={16} /> : <IconVolumeOff size={16} />}
        rightSection={sound ? <IconCheck size={15} /> : null}
        onClick={() => {
          changeRules({ sound: !sound });
          play("message");
        }}
      >
        {t("shell.sound")}
      </Menu.Item>
      {permission === "unsupported" ? null : (
        <Menu.Item
          closeMenuOnClick={false}
          leftSection={<IconBell size={16} />}
          rightSection={granted ? <IconCheck size={15} /> : null}
          disabled={permission === "denied"}
          onClick={() => void askForNotifications()}
        >
          {t("shell.notifications")}
          {granted ? null : (
            <span className={styles.menuHint}>
              {t(permission === "denied" ? "shell.notificationsDenied" : "shell.notificationsAsk")}
            </span>
          )}
        </Menu.Item>
      )}
    </>
  );
}

const schemes = ["light", "dark", "auto"] as const;

export default function AccountMenu({ layer }: { layer: Layer }) {
  const { t, i18n } = useTranslation();
  const { agent, organization } = useMe();
  const queries = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = agent.name || agent.nickname;
  const other = i18n.language === "en" ? "zh-CN" : "en";
  return (
    <NavMenu layer={layer}>
      <Menu.Label>
        <span className={styles.menuName}>{name}</span>
        <span className={styles.menuHint}>{organization.name}</span>
      </Menu.Label>
      <Menu.Divider />
      <Alerts />
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconLanguage size={16} />}
        lang={other}
        onClick={() => void changeLanguage(i18n, other)}
      >
        {other === "en" ? "English" : "简体中文"}
      </Menu.Item>
      <Menu.Label>{t("shell.theme")}</Menu.Label>
      {schemes.map((each) => (
        <Menu.Item
          key={each}
          closeMenuOnClick={false}
          rightSection={each === colorScheme ? <IconCheck size={15} /> : null}
          onClick={() => setColorScheme(each)}
        >
          {t(`shell.${each}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconKeyboard size={16} />}
        rightSection={<Key>?</Key>}
        onClick={openSheet}
      >
        {t("shell.shortcuts")}
      </Menu.Item>
      <Menu.Item component={Link} to="/account" leftSection={<IconShieldLock size={16} />}>
        {t("shell.security")}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLogout size={16} />}
        onClick={() => void signOut().then(() => queries.clear())}
      >
        {t("shell.signOut")}
      </Menu.Item>
    </NavMenu>
  );
}
