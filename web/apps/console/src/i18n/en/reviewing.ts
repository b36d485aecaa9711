export const reviewing = {
  title: "Review of the conversation with {{name}}",
  agent: "Whose handling",
  weight: "counts {{weight}}×",
  result: "Result",
  remark: "Remark",
  remarkHint: "The colleague reads it. Say what was good and what to do differently.",
  noScorecard: "There is no scorecard yet",
  noScorecardHint:
    "It says what conversations are judged by. An administrator makes it under Settings → Scorecard.",
  nobody: "There is nobody to review here",
  nobodyHint: "The conversation has not been with a colleague within your reach.",
};
