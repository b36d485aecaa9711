export const panels = {
  title: "Panels",
  none: "No panels yet",
  noneHint:
    "Add a page of your own: an ERP, an order system, a CRM. Agents see it beside the conversation, at the right customer.",
  add: "Add a panel",
  nameHint: "What agents see above it",
  url: "Address",
  urlHint: "The page to show. It begins with https://.",
  renew: "Make a new secret",
  renewSure: "The former one ends now. Go on?",
  secret: "The panel’s secret",
  secretHint:
    "It is shown this once. Your program checks with it that what it is told about a customer comes from here.",
};
