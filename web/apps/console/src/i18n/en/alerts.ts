/** What an agent is told. It is said by what is loaded behind the first screen. */
export const told = {
  conversation: "New conversation: {{name}}",
  offer: "Can you take {{name}}?",
  woken: "Woke up",
  whisper: "{{name}} whispers",
  waiting_one: "{{count}} visitor waits to be picked",
  waiting_other: "{{count}} visitors wait to be picked",
  alarm: "{{name}} waits too long for an answer",
  somebody: "A visitor",
  warned: "{{name}}: due soon",
  breached: "{{name}}: late",
  with: "{{measure}} · {{agent}}",
};

export const alertRules = {
  title: "What you are told, and how",
  hint: "For this device. What you are looking at makes no sound, and of several open pages only one is heard.",
  volume: "Volume",
  hear: "Play: {{name}}",
  off: "Nothing",
  shown: "Notification only",
  once: "One sound",
  repeated: "Sound until seen",
  repeatedHint:
    "“Until seen” sounds every 20 seconds until you touch the desk, for ten minutes at most.",
  kind: {
    conversation: "New conversation or offer",
    message: "Message in your conversation",
    mention: "Mention or whisper",
    waiting: "Somebody waits to be picked",
    alarm: "Too long without an answer",
    answer: "Answer to your request",
  },
  about: {
    conversation: "Given, offered, or taken over from you",
    message: "Or one that you had put aside wakes up",
    mention: "A colleague names you, a leader whispers to you",
    waiting: "In a queue of yours that is picked by hand, while you are online",
    alarm: "Silence and service levels; leaders also hear of their teams",
    answer: "To a transfer or an invitation",
  },
};
