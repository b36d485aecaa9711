/** The settings shown, in groups; each has its own words in the catalogues. */
export const groups = {
  silence: [
    "silence_warn_s",
    "silence_warn_text",
    "silence_close_s",
    "bot_silence_close_s",
    "auto_reply_after_s",
    "auto_reply_text",
    "reopen_window_s",
  ],
  routing: [
    "transfer_answer_s",
    "max_waiting",
    "queue_timeout_s",
    "returning_customer_days",
    "agent_silence_alarm_s",
    "agent_silence_reassign_s",
    "agent_grace_s",
    "agent_gone_reassign_s",
    "missed_offers_break",
    "wrap_up_s",
    "break_reasons",
    "blocked_reach_bot",
  ],
  messages: ["recall_window_s", "rating_levels", "link_previews"],
} as const;

export type SettingName = (typeof groups)[keyof typeof groups][number];
