import { NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { agentsQuery, teamsQuery } from "../../../shared/api/queries.ts";
import type { PartProps } from "./ChannelForm.tsx";
import { Help } from "./Help.tsx";
import type { HelpDraft } from "./useHelp.ts";

const kinds = ["site", "app", "messaging"] as const;

interface Props extends PartProps {
  /** Null once it stands in pages. */
  readonly code: string | null;
  readonly setCode: (code: string) => void;
  readonly help: HelpDraft;
}

/** What the channel is called here, and who answers. */
export function Entry({ draft, set, code, setCode, help }: Props) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: agents = [] } = useQuery(agentsQuery);
  const bots = agents.filter(({ kind }) => kind === "bot");
  return (
    <Stack gap="sm">
      <TextInput
        data-autofocus
        label={t("settings.channel.name")}
        maxLength={80}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {code === null ? null : (
        <TextInput
          label={t("settings.channel.code")}
          description={t("settings.channel.codeHint")}
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Select
        label={t("settings.channel.team")}
        clearable
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={draft.team_id}
        onChange={(team_id) => set({ team_id })}
      />
      <Select
        label={t("settings.channel.bot")}
        clearable
        data={bots.map(({ id, nickname, name }) => ({ value: id, label: nickname || name }))}
        value={draft.bot_id}
        onChange={(bot_id) => set({ bot_id })}
      />
      <Help help={help} />
      <Select
        label={t("settings.channel.kind")}
        description={t("settings.channel.kindHint")}
        allowDeselect={false}
        data={kinds.map((kind) => ({ value: kind, label: t(`settings.channel.kinds.${kind}`) }))}
        value={draft.kind}
        onChange={(kind) => kind && set({ kind })}
      />
      <NumberInput
        label={t("settings.channel.weight")}
        description={t("settings.channel.weightHint")}
        min={1}
        max={20}
        allowDecimal={false}
        value={draft.weight}
        onChange={(weight) => set({ weight: Number(weight) || 1 })}
      />
    </Stack>
  );
}
