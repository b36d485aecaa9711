import type { Channel, ChannelInput } from "@frontdesk/api";
import { ColorInput, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { agentsQuery, teamsQuery } from "../../shared/api/queries.ts";

const lines = (text: string) => text.split("\n").filter((line) => line.trim() !== "");

type Look = Omit<ChannelInput, "enabled" | "identity_required" | "allowed_origins" | "form">;

export function ChannelForm({ channel, close }: { channel: Channel | null; close: () => void }) {
  const { t } = useTranslation();
  const save = useSave("channels", close);
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: agents = [] } = useQuery(agentsQuery);
  const [code, setCode] = useState(channel?.code ?? "");
  const [form, setForm] = useState<Required<Look>>({
    name: channel?.name ?? "",
    team_id: channel?.team_id ?? null,
    bot_id: channel?.bot_id ?? null,
    title: channel?.title ?? "",
    subtitle: channel?.subtitle ?? "",
    color: channel?.color ?? "#0f6a62",
    greeting: channel?.greeting ?? { "zh-CN": "", en: "" },
    hot_questions: channel?.hot_questions ?? { "zh-CN": [], en: [] },
    weight: channel?.weight ?? 1,
  });
  const set = (change: ChannelInput) => setForm((before) => ({ ...before, ...change }));
  const path = channel ? `/v1/channels/${channel.id}` : "/v1/channels";
  const body = channel ? form : { ...form, code: code.trim() };
  const bots = agents.filter(({ kind }) => kind === "bot");
  return (
    <FormDialog
      title={channel?.name ?? t("settings.addChannel")}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={form.name.trim() !== "" && (channel !== null || code.trim() !== "")}
      submit={() => save.mutate([{ method: channel ? "PATCH" : "POST", path, body }])}
    >
      {(["name", "title", "subtitle"] as const).map((field) => (
        <TextInput
          key={field}
          {...(field === "name" ? { "data-autofocus": true } : {})}
          label={t(`settings.channel.${field}`)}
          maxLength={80}
          value={form[field]}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
        />
      ))}
      {channel ? null : (
        <TextInput
          label={t("settings.channel.code")}
          description={t("settings.channel.codeHint")}
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <ColorInput
        label={t("settings.channel.color")}
        format="hex"
        withEyeDropper={false}
        value={form.color}
        onChange={(color) => set({ color })}
      />
      <Select
        label={t("settings.channel.team")}
        clearable
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={form.team_id}
        onChange={(team_id) => set({ team_id })}
      />
      <Select
        label={t("settings.channel.bot")}
        clearable
        data={bots.map(({ id, nickname, name }) => ({ value: id, label: nickname || name }))}
        value={form.bot_id}
        onChange={(bot_id) => set({ bot_id })}
      />
      <NumberInput
        label={t("settings.channel.weight")}
        description={t("settings.channel.weightHint")}
        min={1}
        max={20}
        allowDecimal={false}
        value={form.weight}
        onChange={(weight) => set({ weight: Number(weight) || 1 })}
      />
      {(["zh-CN", "en"] as const).map((language) => (
        <Textarea
          key={`greeting-${language}`}
          label={t(
            language === "en" ? "settings.channel.greetingEn" : "settings.channel.greetingZh",
          )}
          autosize
          minRows={2}
          value={form.greeting[language]}
          onChange={(event) =>
            set({ greeting: { ...form.greeting, [language]: event.currentTarget.value } })
          }
        />
      ))}
      {(["zh-CN", "en"] as const).map((language) => (
        <Textarea
          key={`hot-${language}`}
          label={t(language === "en" ? "settings.channel.hotEn" : "settings.channel.hotZh")}
          description={t("settings.channel.hotHint")}
          autosize
          minRows={2}
          defaultValue={form.hot_questions[language].join("\n")}
          onChange={(event) =>
            set({
              hot_questions: {
                ...form.hot_questions,
                [language]: lines(event.currentTarget.value),
              },
            })
          }
        />
      ))}
    </FormDialog>
  );
}
