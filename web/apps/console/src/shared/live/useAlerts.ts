import type { Entry, Sender } from "@frontdesk/realtime";
import { useEffect, useRef } from "react";
import { useConnection } from "./connection.ts";
import { chime, desktopNotification, unlockSound } from "./notify.ts";

export interface AlertTexts {
  conversation(name: string): string;
  offer(name: string): string;
  attachment: string;
  woken: string;
}

interface Options {
  readonly me: string;
  readonly texts: AlertTexts;
  /** The conversation on screen, whose messages need no sound while the page is looked at. */
  readonly shown: string | undefined;
  readonly open: (conversation: string) => void;
}

const fromVisitor = (sender: Sender) => sender.kind === "visitor";

function words(entry: Entry, texts: AlertTexts): string {
  if (entry.kind !== "message" || entry.recalled) return "";
  return entry.body.type === "text" ? entry.body.text.slice(0, 160) : texts.attachment;
}

/** Sound and desktop notifications for what arrives while the connection is up; catching up after a pause is silent. */
export function useAlerts(options: Options): void {
  const connection = useConnection();
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const name = (id: string) => connection.state.conversations[id]?.snapshot.contact.name ?? "";
    const notify = (id: string, title: string, body: string) =>
      desktopNotification(title, body, id, () => latest.current.open(id));
    const stops = [
      unlockSound(),
      connection.on("entry", ({ conversation: id, entry }) => {
        const { me, texts, shown } = latest.current;
        const held = connection.state.conversations[id]?.snapshot;
        if (entry.kind === "message" && fromVisitor(entry.sender) && held?.agent?.id === me) {
          if (shown !== id || document.hidden || !document.hasFocus()) chime("message");
          notify(id, name(id), words(entry, texts));
        }
        if (entry.kind === "woken" && entry.body.reason === "time" && held?.agent?.id === me) {
          chime("message");
          notify(id, name(id), texts.woken);
        }
      }),
      // Who gets a conversation gets the whole of it; that they took it themselves is no news to them.
      connection.on("reset", ({ conversation: id, snapshot, entries }) => {
        const { me, texts } = latest.current;
        if (connection.status.phase !== "online" || snapshot.agent?.id !== me) return;
        if (entries.findLast(({ kind }) => kind === "assigned")?.sender.id === me) return;
        chime("conversation");
        notify(id, texts.conversation(snapshot.contact.name), snapshot.last_message?.preview ?? "");
      }),
      connection.on("offer", ({ conversation }) => {
        chime("conversation");
        const title = latest.current.texts.offer(conversation.contact.name);
        notify(conversation.id, title, conversation.last_message?.preview ?? "");
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection]);
}
