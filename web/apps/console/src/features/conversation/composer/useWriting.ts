import { useCallback, useEffect } from "react";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { usePreferences } from "../../../shared/desk/preferences.ts";
import { draftsOf, useDraft } from "../../../shared/drafts/drafts.ts";
import { useConnection, useLimits } from "../../../shared/live/connection.ts";
import { useMe } from "../../../shared/session/session.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import { useAttachments } from "../../../shared/uploads/uploads.ts";
import type { Blocked } from "./blocked.ts";
import { hold, takeBack } from "./holding.ts";
import { mentionedIn } from "./mentioning.ts";
import { gapOf } from "./places.ts";
import { saidOf, useChosenCard } from "./useChosenCard.ts";
import { useFormat } from "./useFormat.ts";
import { useColleagues } from "./useMentions.ts";

/** What is being written to one conversation: an answer with its files, or a note. Whoever may not answer writes notes. */
export function useWriting(conversation: string, blocked: Blocked | null) {
  const connection = useConnection();
  const failure = useFailure();
  const me = useMe().agent.id;
  const drafts = draftsOf(me);
  const draft = useDraft(me, conversation);
  const note = draft.note || (blocked !== null && blocked !== "offline");
  const { max_text } = useLimits();
  const attachments = useAttachments(conversation);
  const { card, choose } = useChosenCard(conversation);
  const format = useFormat(me);
  const { undo_s } = usePreferences().preferences;
  const action = useConversationAction(conversation);
  const colleagues = useColleagues(note && draft.text.includes("@"));

  const stopTyping = useCallback(
    () => connection.typing(conversation, ""),
    [connection, conversation],
  );
  useEffect(() => stopTyping, [stopTyping]);

  const setText = (text: string) => {
    drafts.set(conversation, { ...draft, text });
    if (!note) connection.typing(conversation, text);
  };
  const setNote = (change: (note: boolean) => boolean) => {
    drafts.set(conversation, { ...draft, note: change(draft.note) });
    stopTyping();
  };

  const text = draft.text.trim();
  const files = attachments.list;
  const uploaded = files.every(({ state }) => state === "ready");
  const something = text !== "" || (!note && (files.length > 0 || card !== null));
  const allowed = note || blocked === null;
  const gap = gapOf(text);
  const ready =
    something && uploaded && allowed && (note || gap === null) && draft.text.length <= max_text;

  const submit = () => {
    if (!ready || action.isPending) return;
    if (note) {
      action.mutate(
        { do: "notes", text, mentions: mentionedIn(text, colleagues) },
        {
          onError: failure.show,
          onSuccess: () => drafts.set(conversation, { text: "", note: draft.note }),
        },
      );
      return;
    }
    const marks = format.on ? { format: "markdown" as const } : {};
    const media = files.flatMap((each) => each.media ?? []);
    const leave = () => {
      for (const { kind, media_id } of media) {
        connection.send(conversation, { type: kind, media_id });
      }
      const quotes = draft.quotes ? { quotes: draft.quotes } : {};
      if (text) connection.send(conversation, { type: "text", text, ...quotes, ...marks });
      if (card) connection.send(conversation, saidOf(card));
    };
    attachments.remove(files.map(({ key }) => key));
    choose(null);
    drafts.set(conversation, { text: "", note: false });
    stopTyping();
    if (undo_s === 0) return leave();
    const until = Date.now() + undo_s * 1000;
    hold(conversation, { draft, media, card, until, leave });
  };
  const undo = () => {
    const one = takeBack(conversation);
    if (!one) return;
    const since = drafts.get(conversation).text;
    const words = [one.draft.text, since].filter(Boolean).join("\n");
    drafts.set(conversation, { ...one.draft, text: words });
    attachments.put(one.media);
    if (one.card) choose(one.card);
  };

  const busy = action.isPending || files.some(({ state }) => state === "uploading");
  return {
    text: draft.text,
    note,
    ready,
    gap,
    over: draft.text.length - max_text,
    busy,
    attachments,
    card,
    chooseCard: choose,
    format,
    quotes: draft.quotes,
    unquote: () => drafts.set(conversation, { ...draft, quotes: undefined }),
    setText,
    setNote,
    submit,
    undo,
    pauseTyping: stopTyping,
  };
}
