/** What the server tells a visitor's device: facts. The sentences are here, in the language in which it was asked for. */
export interface Content {
  readonly kind: "message" | "assigned";
  readonly language: string;
  readonly conversation: string;
  readonly name?: string;
  readonly text?: string;
}

const en = { message: "There is an answer for you", assigned: "Is here for you now" };
const words: Readonly<Record<string, typeof en>> = {
  en,
  "zh-CN": { message: "已回复您", assigned: "正在为您服务" },
  ar: { message: "وصلك ردّ", assigned: "في خدمتك الآن" },
};

/** What came, if it is what we send to visitors. */
export function read(json: unknown): Content | null {
  const content = json as Content | null;
  return content?.kind && Object.hasOwn(en, content.kind) ? content : null;
}

/** Whom it is from, and that there is something; a newer one takes the place of an older one. */
export function notification(content: Content): [title: string, options: NotificationOptions] {
  const { kind, language, conversation, name, text } = content;
  const said = (words[language] ?? en)[kind];
  const dir = language === "ar" ? "rtl" : "ltr";
  const body = text ? `${said}\n${text}` : said;
  return [name || location.host, { body, lang: language, dir, tag: conversation }];
}
