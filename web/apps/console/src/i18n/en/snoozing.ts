export const snoozing = {
  title: "Snooze {{name}}",
  hour: "In an hour",
  afternoon: "This afternoon",
  tomorrow: "Tomorrow",
  monday: "On Monday",
  other: "Another time",
  submit: "Snooze",
  hint: "It comes back then, or as soon as the customer writes. It still counts as one of yours.",
  done: "{{name}} is snoozed until {{time}}",
  undo: "Undo",
};
