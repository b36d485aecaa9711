import type { Entry } from "@frontdesk/realtime";
import { instance } from "../../i18n/i18n.ts";
import { hush } from "./ringing.ts";
import type { Kind } from "./rules.ts";
import type { Ears } from "./start.ts";
import { tellNow } from "./telling.ts";

function words(entry: Entry): string {
  if (entry.kind !== "message" || entry.recalled) return "";
  return entry.body.type === "text" ? entry.body.text.slice(0, 160) : instance.t("inbox.image");
}

/** What comes to oneself: conversations, offers of them, and what is said in them. */
export function entries({ connection, me, open }: Ears): (() => void)[] {
  const { t } = instance;
  const tell = (kind: Kind, conversation: string, title: string, body: string) =>
    void tellNow({
      kind,
      conversation,
      tag: conversation,
      title,
      body,
      open: () => open(conversation),
    });
  return [
    connection.on("entry", ({ conversation: id, entry }) => {
      const mine = me().agent.id;
      const held = connection.state.conversations[id]?.snapshot;
      const own = held?.agent?.id === mine;
      const name = held?.contact.name ?? "";
      if (entry.kind === "message" && entry.sender.kind === "visitor" && own) {
        tell("message", id, name, words(entry));
      } else if (entry.kind === "woken" && entry.body.reason === "time" && own) {
        tell("message", id, name, t("told.woken"));
      } else if (entry.kind === "whisper" && !entry.recalled && entry.body.to.id === mine) {
        tell("mention", id, t("told.whisper", { name: entry.sender.name }), entry.body.text);
      }
    }),
    // Who gets a conversation gets the whole of it; that they took it themselves is no news to them.
    connection.on("reset", ({ conversation: id, snapshot, entries: log }) => {
      const mine = me().agent.id;
      if (connection.status.phase !== "online" || snapshot.agent?.id !== mine) return;
      if (log.findLast(({ kind }) => kind === "assigned")?.sender.id === mine) return;
      const title = t("told.conversation", { name: snapshot.contact.name });
      tell("conversation", id, title, snapshot.last_message?.preview ?? "");
    }),
    connection.on("offer", ({ conversation }) => {
      const title = t("told.offer", { name: conversation.contact.name });
      tell("conversation", conversation.id, title, conversation.last_message?.preview ?? "");
    }),
    connection.on("offer_ended", ({ conversation }) => hush(conversation)),
    connection.on("gone", ({ conversation }) => hush(conversation)),
  ];
}
