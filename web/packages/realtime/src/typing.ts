import type { ClientFrame } from "./frames.ts";

/** A preview leaves at most this often. */
const PACE_MS = 1000;
/** A preview is a glimpse, not a message. */
const MOST = 1000;

export interface Typist {
  typing(conversation: string, text: string): void;
  /** The message was sent: what was to be previewed of it is void. */
  sent(conversation: string): void;
}

/** Passes on what is being written: the first letter and the end at once, in between the latest text at a steady pace. */
export function typist(send: (frame: ClientFrame) => void): Typist {
  const resting = new Map<string, { latest: string | null }>();
  const shown = new Map<string, string>();

  function tell(conversation: string, text: string): void {
    if ((shown.get(conversation) ?? "") === text) return;
    if (text) shown.set(conversation, text);
    else shown.delete(conversation);
    send({ t: "typing", conversation, text });
  }

  function rest(conversation: string): void {
    const turn: { latest: string | null } = { latest: null };
    resting.set(conversation, turn);
    setTimeout(() => {
      resting.delete(conversation);
      if (turn.latest === null) return;
      tell(conversation, turn.latest);
      rest(conversation);
    }, PACE_MS);
  }

  return {
    typing(conversation, text) {
      const glimpse = text.slice(0, MOST);
      const turn = resting.get(conversation);
      if (turn && glimpse) turn.latest = glimpse;
      else {
        if (turn) turn.latest = null;
        tell(conversation, glimpse);
        if (!turn) rest(conversation);
      }
    },
    sent(conversation) {
      const turn = resting.get(conversation);
      if (turn) turn.latest = null;
      shown.delete(conversation);
    },
  };
}
