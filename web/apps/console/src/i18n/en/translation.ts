export const translation = {
  name: "Translate",
  asking: "Translating…",
  failed: "The translation service did not answer as agreed. The message can be sent as it is.",
  of: "Translated",
  hide: "Hide",
  always: "Always translate here",
  stop: "Stop translating",
  answer: "Translate into {{language}}",
  original: "What you wrote",
  restore: "Use this again",
};

export const translationService = {
  title: "Translation",
  hint: "Agents can have messages, and what they are about to send, translated by a service of your own choice. Texts are sent there only when an agent asks for it.",
  url: "Address of your translation service",
  urlHint:
    "It takes texts and gives them back in another language; docs/translation.md says how, and how to put DeepL, Google or LibreTranslate behind it.",
  renew: "Saving makes a secret; a former one is no longer used.",
  remove: "Remove",
  sure: "Really remove?",
  secret: "The secret",
  secretHint:
    "Give it to the service, so that it can tell that a request is ours. It is not shown again.",
};
