import { ActionIcon, Button, useMantineColorScheme } from "@mantine/core";
import { useColorScheme } from "@mantine/hooks";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { changeLanguage } from "../i18n/i18n.ts";
import { useTranslation } from "../i18n/translation.tsx";

export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = i18n.language === "en" ? "zh-CN" : "en";
  return (
    <Button
      variant="default"
      size="compact-sm"
      lang={other}
      onClick={() => void changeLanguage(i18n, other)}
    >
      {other === "en" ? "English" : "简体中文"}
    </Button>
  );
}

export function ThemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const system = useColorScheme();
  const shown = colorScheme === "auto" ? system : colorScheme;
  const next = shown === "dark" ? "light" : "dark";
  const label = t(`shell.${next}`);
  return (
    <ActionIcon
      data-hint={label}
      variant="default"
      size={26}
      aria-label={label}
      onClick={() => setColorScheme(next)}
    >
      {next === "dark" ? <IconMoon size={15} /> : <IconSun size={15} />}
    </ActionIcon>
  );
}
