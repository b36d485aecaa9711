export const presence = {
  online: "Online",
  busy: "Busy",
  away: "Away",
  offline: "Offline",
  missed: "Missed offers",
  wrapping: "Wrapping up, {{seconds}} s",
  ready: "Ready for the next one",
  alarms_one: "{{count}} visitor waits too long",
  alarms_other: "{{count}} visitors wait too long",
  hint: {
    online: "New conversations come to you",
    busy: "No new ones; you finish what you have",
    away: "No new ones while you are away",
    offline: "You are not on duty",
  },
  break: "On a break",
};

export const due = {
  first_reply: "First reply",
  next_reply: "Next reply",
  resolution: "Resolution",
  left: "due in",
  late: "late by",
};
