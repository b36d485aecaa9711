export const inbox = {
  choose: "Choose {{name}}",
  title: "Conversations",
  views: "Which conversations",
  view: {
    mine: "Mine",
    snoozed: "Snoozed",
    waiting: "Waiting",
    team: "Team",
    all: "All",
    closed: "Closed",
    mentions: "@ Me",
  },
  draft: "Draft",
  pinned: "Pinned",
  important: "Important",
  you: "You: {{text}}",
  said: "{{name}}: {{text}}",
  image: "[Image]",
  voice: "[Voice message]",
  file: "[File] {{name}}",
  recalled: "[Recalled]",
  erased: "[Erased]",
  noMessages: "No messages yet",
  wrapUpMissing: "Needs wrap-up",
  waitingFor: "Waiting for an answer for",
  alarm: "Has waited too long",
  inQueue: "In the queue for",
  unread_one: "{{count}} unread message",
  unread_other: "{{count}} unread messages",
  empty: {
    mine: "All answered",
    mineHint: "New conversations appear here by themselves while you are online.",
    mineOffline: "You are not online",
    mineOfflineHint: "Set your status to “Online” and conversations come to you.",
    snoozed: "Nothing is snoozed",
    snoozedHint:
      "What you put aside with Shift+Z waits here until its time, or until the visitor writes.",
    waiting: "Nobody is waiting",
    waitingHint: "When visitors ask for a person and every seat is taken, they queue here.",
    all: "No open conversations",
    allHint: "Every open conversation of your organization is listed here.",
    team: "No open conversations in your teams",
    teamHint: "Whatever is open in a team of yours is listed here, whoever has it.",
    mentions: "Nobody has named you",
    mentionsHint: "Conversations in which a colleague names you with @ are listed here.",
    filter: "Nothing fits this filter",
    filterHint: "New conversations appear here as soon as they do.",
    closed: "Nothing closed yet",
    closedHint: "Conversations you have finished are listed here.",
    choose: "Pick a conversation",
    chooseHint: "With J and K you walk through the list, ? shows every shortcut.",
  },
  goOnline: "Go online",
  offer: {
    title: "New conversation for you",
    accept: "Accept",
    decline: "Decline",
    left: "{{seconds}} s to decide",
  },
};

export const aside = { until: "Until {{time}}", woken: "Woke up" };

export const states = { bot: "Bot", waiting: "Waiting", active: "Open", closed: "Closed" };

export const mentions = {
  title: "Mentions",
  count_one: "{{count}} new mention",
  count_other: "{{count}} new mentions",
  none: "Nobody has named you yet",
  noneHint: "Colleagues name you with @ in a note.",
  by: "{{name}} named you",
  answered: "{{name}} answered, a ticket is open again",
  news: "{{what}}: {{text}}",
  about: "{{name}} · {{time}}",
  choose: "Colleagues",
  nobody: "No colleague is called “{{query}}”",
  hint: "↑↓ choose · Enter insert · Esc close",
};

export const supervising = {
  join: "Join",
  takenFrom: "{{by}} took over your conversation with {{name}}",
};

export const asking = {
  left: "{{seconds}} s left",
  withdraw: "Take it back",
  reason: "Why not? (optional)",
  transfer: {
    asked: "{{name}} was asked to go on with this",
    title: "{{name}} asks you to go on",
    accepted: "{{name}} goes on with it",
    declined: "{{name}} cannot take it",
    declinedWhy: "{{name}} cannot take it: {{reason}}",
    expired: "{{name}} did not answer; it stays with you",
  },
  join: {
    asked: "{{name}} was invited to join",
    title: "{{name}} invites you to join",
    accepted: "{{name}} has joined",
    declined: "{{name}} cannot join",
    declinedWhy: "{{name}} cannot join: {{reason}}",
    expired: "{{name}} did not answer the invitation",
  },
};
