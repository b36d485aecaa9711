import { type Notice, notifyOnDesktop } from "./desktop.ts";
import { ring } from "./ringing.ts";
import { type Kind, rules } from "./rules.ts";
import { isAnyInSight, isSeen } from "./sight.ts";
import { isSpeaking, play } from "./sound.ts";

export interface News extends Notice {
  readonly kind: Kind;
}

/** Tells it as the agent wants such news to be told; what is looked at already makes no sound. */
export async function tellNow(news: News): Promise<void> {
  const { kind, conversation, tag } = news;
  const way = rules.get().ways[kind];
  if (way === "off") return;
  if (!(await isAnyInSight())) notifyOnDesktop(news);
  if (way === "shown" || !isSpeaking()) return;
  if (conversation && (await isSeen(conversation))) return;
  play(kind);
  if (way === "repeated") ring(tag, () => play(kind));
}
