export const wrapUp = {
  question: "Is it solved?",
  solved: "Solved",
  unsolved: "Not solved",
  unsaid: "Not said",
};
