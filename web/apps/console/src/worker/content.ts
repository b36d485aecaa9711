/** What the server tells a device: facts. The sentences are here, so that they are in the device's language. */

export const kinds = [
  "message",
  "assigned",
  "offer",
  "mention",
  "woken",
  "silent",
  "warned",
  "breached",
  "test",
] as const;
export type Kind = (typeof kinds)[number];

export interface Content {
  readonly kind: Kind;
  readonly language: string;
  readonly conversation?: string;
  readonly name?: string;
  readonly text?: string;
}

/** What pages hear of from the worker. */
export type Word =
  | { readonly from: "push"; readonly arrived: Kind }
  | { readonly from: "push"; readonly open: string };

const zh = {
  message: "新消息",
  assigned: "新会话分配给您",
  offer: "有会话等您接听",
  mention: "在备注中提到了您",
  woken: "稍后处理的会话到时间了",
  silent: "等待回复过久",
  warned: "服务水平即将超时",
  breached: "服务水平已超时",
  test: "推送通知正常",
  testBody: "页面不在前台时，新消息会这样提醒您。",
};
const en: typeof zh = {
  message: "New message",
  assigned: "A new conversation for you",
  offer: "A conversation is offered to you",
  mention: "Named you in a note",
  woken: "A snoozed conversation woke up",
  silent: "Waits too long for an answer",
  warned: "A promised time is about to run out",
  breached: "A promised time is over",
  test: "Push notifications work",
  testBody: "New messages look like this while no page is in sight.",
};

/** What came, if it is what we send. */
export function read(json: unknown): Content | null {
  const content = json as Content | null;
  return content && kinds.includes(content.kind) ? content : null;
}

/** What stands beside the messages of its conversation, by the names that pages give it. */
const prefixes: Partial<Record<Kind, string>> = {
  mention: "mention",
  silent: "alarm",
  warned: "due",
  breached: "due",
};

/** A notification of it: whom it is from, what it is, and the words where they were asked for. */
export function notification(content: Content): [title: string, options: NotificationOptions] {
  const words = content.language === "en" ? en : zh;
  const { kind, conversation = "", name, text } = content;
  const what = words[kind];
  const shared = { icon: "icon-192.png", lang: content.language, data: { conversation } };
  if (kind === "test") return [what, { ...shared, body: words.testBody, tag: "frontdesk-test" }];
  const tag = prefixes[kind] ? `${prefixes[kind]}-${conversation}` : conversation;
  return [name || "Frontdesk", { ...shared, body: text ? `${what}\n${text}` : what, tag }];
}
