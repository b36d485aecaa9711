import type { AgentCard } from "@frontdesk/realtime";
import type { Language } from "../chat/i18n/i18n.ts";
import type { SessionAnswer } from "../chat/model/look.ts";
import type { Look } from "../loader/look.ts";

interface Localized<T> {
  "zh-CN": T;
  en: T;
}

/** A channel as it stands in the console's form, not saved yet. */
export interface Draft {
  name: string;
  title: string;
  subtitle: string;
  color: string;
  greeting: Localized<string>;
  hot_questions: Localized<readonly string[]>;
  bot: AgentCard | null;
  widget: {
    position: "left" | "right";
    bottom: number;
    icon: string;
    words: Localized<string>;
    bubble: Localized<string>;
    theme: "auto" | "light" | "dark";
  };
  /** In which it is looked at. */
  language: Language;
  open: boolean;
}

export const CHANNEL = "preview";

/** Whoever types beside it keeps the focus: nothing in here takes it by itself. */
export function takeNoFocus(): void {
  HTMLElement.prototype.focus = () => undefined;
}

/** What the server would tell the loader. */
export function lookOf({ color, widget, language }: Draft): Look {
  const { words, bubble, position, bottom, icon, theme } = widget;
  return {
    channel: CHANNEL,
    color,
    position,
    bottom,
    icon,
    theme,
    language,
    "zh-CN": { text: words["zh-CN"], greeting: bubble["zh-CN"] },
    en: { text: words.en, greeting: bubble.en },
  };
}

/** What the server would answer to a visitor who comes. */
export function sessionOf(draft: Draft): SessionAnswer {
  const { name, title, subtitle, color, language, bot, widget } = draft;
  const words = language === "zh-CN" ? language : "en"; // an organization writes in these two
  return {
    token: "preview",
    expires_at: Number.MAX_SAFE_INTEGER,
    visitor_key: "preview",
    contact: { id: "0", name: "" },
    channel: {
      code: CHANNEL,
      name,
      title: title || name,
      subtitle,
      color,
      language,
      theme: widget.theme,
      greeting: draft.greeting[words],
      hot_questions: draft.hot_questions[words],
      bot,
      max_upload: 10_000_000,
      rating_levels: 5,
      on_duty: true,
      opens_at: null,
      mails: false,
    },
    conversation: null,
    unread: 0,
    form: [],
  };
}
