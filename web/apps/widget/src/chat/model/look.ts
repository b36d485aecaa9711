import type { AgentCard, Snapshot } from "@frontdesk/realtime";
import type { AskedLine } from "./prechat.ts";

/** How a channel presents itself, in the asked language. */
export interface Look {
  code: string;
  name: string;
  title: string;
  subtitle: string;
  color: string;
  language: string;
  greeting: string;
  hot_questions: readonly string[];
  bot: AgentCard | null;
  max_upload: number;
  rating_levels: number;
  on_duty: boolean;
  /** Outside of the team's hours: when it opens. */
  opens_at: number | null;
  theme: "auto" | "light" | "dark";
  /** A conversation can be sent by e-mail. */
  mails: boolean;
}

export interface SessionAnswer {
  token: string;
  expires_at: number;
  visitor_key: string;
  contact: { id: string; name: string };
  channel: Look;
  conversation: Snapshot | null;
  unread: number;
  /** What the visitor is asked before a new conversation. */
  form: readonly AskedLine[];
}

export function isLook(value: unknown): value is Look {
  const look = value as Look | null;
  return typeof look === "object" && look !== null && typeof look.color === "string";
}
