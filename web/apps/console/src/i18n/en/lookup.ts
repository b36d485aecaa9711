export const lookup = {
  title: "Knowledge",
  words: "Search questions and answers",
  about: "For the customer’s last message:",
  found: "Questions and answers",
  none: "Nothing fits. Try other words.",
  answer: "Answer with this",
  copy: "Copy",
  copied: "Copied",
};
