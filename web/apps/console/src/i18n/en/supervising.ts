export const mentions = {
  title: "Mentions",
  count_one: "{{count}} new mention",
  count_other: "{{count}} new mentions",
  none: "Nobody has named you yet",
  noneHint: "Colleagues name you with @ in a note.",
  by: "{{name}} named you",
  news: "{{name}} named you: {{text}}",
  about: "{{name}} · {{time}}",
  choose: "Colleagues",
  nobody: "No colleague is called “{{query}}”",
  hint: "↑↓ choose · Enter insert · Esc close",
};

export const whisper = {
  start: "Whisper",
  label: "Whisper to {{name}}",
  placeholder: "Only {{name}} and colleagues see this, never the customer",
  send: "Whisper",
  line: "Whisper to {{name}}, only for colleagues",
  toYou: "Whisper to you, only for colleagues",
};

export const supervising = {
  join: "Join",
  takenFrom: "{{by}} took over your conversation with {{name}}",
};

export const give = {
  title: "Assign {{name}} to",
  submit: "Assign",
  force: "Assign anyway",
  done: "Assigned to {{name}}",
};

export const asking = {
  asked: "{{name}} was asked to go on with this",
  left: "{{seconds}} s left",
  withdraw: "Take it back",
  title: "{{name}} asks you to go on",
  reason: "Why not? (optional)",
  accepted: "{{name}} goes on with it",
  declined: "{{name}} cannot take it",
  declinedWhy: "{{name}} cannot take it: {{reason}}",
  expired: "{{name}} did not answer; it stays with you",
};

export const floor = {
  title: "Live",
  hint: "Who waits and who answers, as it is this second.",
  break: "On a break",
  queue: "Waiting",
  agents: "Agents",
  every: "All teams",
  nobody: "Nobody is waiting",
  noAgents: "Nobody here fits",
  waits: "Waiting for",
  search: "Find an agent",
  since: "For",
  state: "Change the status of {{name}}",
  has: "Conversations of {{name}}",
  none: "No conversations within your reach",
};
