import type { ConversationState } from "@frontdesk/realtime";
import { useEffect, useRef } from "react";
import { useCommands } from "../../shared/commands/commands.ts";
import { choice, choose, toggle } from "./choosing/choice.ts";

/** What takes Esc for itself: an open layer, or a field being written in. */
const layers = "[role=dialog],[role=menu],[role=listbox]";
const typing = "input,textarea,select";

/** The next and the one before; the one on top, which waits longest; Esc leaves. */
export function useListKeys(
  conversations: readonly ConversationState[],
  selected: string | undefined,
  go: (id: string | null) => void,
): void {
  const move = (step: 1 | -1) => {
    const at = conversations.findIndex(({ snapshot }) => snapshot.id === selected);
    const next = at < 0 ? 0 : Math.min(conversations.length - 1, Math.max(0, at + step));
    const id = conversations[next]?.snapshot.id;
    if (id && id !== selected) go(id);
  };
  const urgent = () => {
    const id = conversations[0]?.snapshot.id;
    if (id) go(id);
  };
  const leave = useRef(() => {});
  leave.current = () => {
    if (choice.get().size) choose([]);
    else if (selected) go(null);
  };
  useEffect(() => {
    // Ahead of a dialog's own listener, so that what Esc closes is still there to be seen.
    const onKey = (event: KeyboardEvent) => {
      const within = event.target instanceof Element ? event.target.closest(typing) : null;
      if (event.key === "Escape" && !within && !document.querySelector(layers)) leave.current();
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, []);
  useCommands({
    next: () => move(1),
    previous: () => move(-1),
    urgent,
    choose: selected ? () => toggle(selected) : undefined,
    chooseAll: conversations.length
      ? () => choose(conversations.map(({ snapshot }) => snapshot.id))
      : undefined,
  });
}
