export const departments = {
  hint: "A conversation can be handed to a department, and leaders reach what its people have.",
  add: "Add department",
  label: "Department",
  without: "Without one",
  nobody: "Nobody belongs to it yet",
  people_one: "{{count}} person",
  people_other: "{{count}} people",
  none: "No departments yet",
  noneHint:
    "A department is where somebody belongs: Finance, Repairs. Add one, then choose it for its agents. Conversations can be handed to it, whatever team its people are in.",
  howToJoin: "Who belongs to it is chosen with each agent.",
  removal:
    "Its agents stay, without a department. What waits for it goes to the team in whose queue it stands.",
};
