export const snoozing = {
  title: "Snooze {{name}}",
  hour: "In an hour",
  afternoon: "This afternoon",
  tomorrow: "Tomorrow",
  monday: "On Monday",
  other: "Another time",
  submit: "Snooze",
  hint: "It wakes then, or as soon as the customer writes. Your place stays taken.",
  done: "{{name}} is snoozed until {{time}}",
  undo: "Undo",
};
