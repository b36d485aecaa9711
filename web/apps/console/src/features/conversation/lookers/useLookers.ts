import { useEffect, useState } from "react";
import { useDraft } from "../../../shared/drafts/drafts.ts";
import { useConnection } from "../../../shared/live/connection.ts";
import { useMe } from "../../../shared/session/session.ts";
import { alive, heard, type Others, pace } from "./others.ts";

const nobody: Others = new Map();

/** Tells colleagues that one looks at a conversation or writes in it, and hears the same of them. */
export function useLookers(conversation: string): Others {
  const connection = useConnection();
  const me = useMe().agent.id;
  const writing = useDraft(me, conversation).text.trim() !== "";
  const [others, setOthers] = useState(nobody);

  useEffect(() => {
    const tell = () => {
      const doing = document.hidden ? "nothing" : writing ? "writing" : "looking";
      connection.look(conversation, doing);
    };
    let known = nobody;
    const show = (next: Others) => {
      known = next;
      setOthers(next);
    };
    const stops = [
      connection.on("look", (frame) => {
        if (frame.conversation !== conversation || frame.agent === me) return;
        // Whoever is new does not know of us yet.
        if (!known.has(frame.agent) && frame.doing !== "nothing") tell();
        show(heard(known, frame, Date.now()));
      }),
      connection.on("ready", tell),
    ];
    const timer = setInterval(() => {
      tell();
      show(alive(known, Date.now()));
    }, pace);
    document.addEventListener("visibilitychange", tell);
    tell();
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
      for (const stop of stops) stop();
    };
  }, [connection, conversation, me, writing]);

  useEffect(() => () => connection.look(conversation, "nothing"), [connection, conversation]);
  return others;
}
