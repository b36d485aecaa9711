import type { Agent, Channel, ChannelInput } from "@frontdesk/api";

export const tongues = ["zh-CN", "en"] as const;
export type Tongue = (typeof tongues)[number];

/** What this dialog edits of a channel. */
export type ChannelDraft = Required<
  Omit<ChannelInput, "enabled" | "identity_required" | "allowed_origins" | "form">
>;

export const lines = (text: string) => text.split("\n").filter((line) => line.trim() !== "");

export function draftOf(channel: Channel | null): ChannelDraft {
  const nothing = { "zh-CN": "", en: "" };
  return {
    name: channel?.name ?? "",
    team_id: channel?.team_id ?? null,
    bot_id: channel?.bot_id ?? null,
    kind: channel?.kind ?? "site",
    weight: channel?.weight ?? 1,
    title: channel?.title ?? "",
    subtitle: channel?.subtitle ?? "",
    color: channel?.color ?? "#0f6a62",
    greeting: channel?.greeting ?? nothing,
    hot_questions: channel?.hot_questions ?? { "zh-CN": [], en: [] },
    widget: channel?.widget ?? {
      position: "right",
      bottom: 20,
      icon: "",
      words: nothing,
      bubble: nothing,
      theme: "auto",
      language: "auto",
      triggers: [],
      a_day: 1,
    },
  };
}

/** How the preview's page takes it. */
export function shownDraft(draft: ChannelDraft, agents: readonly Agent[]) {
  const bot = agents.find(({ id }) => id === draft.bot_id);
  const { id, nickname, name, avatar_url } = bot ?? {};
  return {
    ...draft,
    bot: bot ? { id, name: nickname || name, avatar_url, kind: "bot" as const } : null,
  };
}
