export const whisper = {
  start: "Whisper",
  label: "Whisper to {{name}}",
  placeholder: "Only {{name}} and colleagues see this, never the customer",
  send: "Whisper",
  line: "Whisper to {{name}}, only for colleagues",
  toYou: "Whisper to you, only for colleagues",
};

export const give = {
  title: "Assign {{name}} to",
  submit: "Assign",
  force: "Assign anyway",
  done: "Assigned to {{name}}",
};

export const floor = {
  title: "Live",
  hint: "Who waits and who answers, as it is this second.",
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
