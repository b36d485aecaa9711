export const privacy = {
  title: "Privacy",
  export: "Export everything",
  erase: "Erase this contact…",
  ask: "Erase {{name}} for good?",
  asked:
    "Name, addresses, messages, files and notes go everywhere, for everybody. Open conversations are closed. This cannot be undone.",
  confirm: "Erase for good",
  going: "Erasing: {{done}} of {{count}} conversations",
  done: "This contact has been erased.",
  gone: "What was kept about this person has been erased.",
  days: "Keep conversations for (days after their end)",
  daysHint: "Empty: for ever. What is older is erased within ten minutes, for good.",
  save: "Change",
  due_one: "{{count}} conversation is erased at the next run; it was closed on {{date}}.",
  due_other:
    "{{count}} conversations are erased at the next run; the oldest was closed on {{date}}.",
  nothing: "Nothing is due at the next run.",
};
