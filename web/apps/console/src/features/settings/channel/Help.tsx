import { Select } from "@mantine/core";
import { useTranslation } from "../../../i18n/translation.tsx";
import type { HelpDraft } from "./useHelp.ts";

/** Which knowledge visitors may read before they ask. */
export function Help({ help }: { help: HelpDraft }) {
  const { t } = useTranslation();
  if (!help.known) return null;
  return (
    <Select
      label={t("settings.channel.help")}
      description={t("settings.channel.helpHint")}
      placeholder={t("settings.channel.helpNone")}
      clearable
      data={help.bases.map(({ id, name }) => ({ value: id, label: name }))}
      value={help.base}
      onChange={help.choose}
    />
  );
}
