import type { QuickReply } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { quickRepliesQuery } from "../../../shared/api/queries.ts";
import { rank } from "../../../shared/fuzzy/fuzzy.ts";

/** What is searched for while the text begins with "/" and is one line; null otherwise. */
export function slashQuery(text: string): string | null {
  return /^\/[^\n]{0,60}$/.test(text) ? text.slice(1) : null;
}

const searched = ({ title, group, text, attachments, card }: QuickReply) => [
  title,
  group,
  text,
  ...attachments.map(({ name }) => name),
  card?.title ?? "",
];

/** The saved replies that fit what stands after the slash, and which of them is chosen. */
export function useSavedReplies(text: string) {
  const query = slashQuery(text);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [chosen, setChosen] = useState({ query: "", index: 0 });
  const { data } = useQuery({ ...quickRepliesQuery, enabled: query !== null });
  const found = useMemo<readonly QuickReply[]>(
    () => (query === null || !data ? [] : rank(query, data, searched).slice(0, 30)),
    [query, data],
  );
  const open = query !== null && data !== undefined && dismissed !== text;
  const index = chosen.query === query ? Math.min(chosen.index, found.length - 1) : 0;
  const move = (step: number) => {
    if (found.length === 0) return;
    setChosen({ query: query ?? "", index: (index + step + found.length) % found.length });
  };
  return {
    open,
    query: query ?? "",
    any: (data?.length ?? 0) > 0,
    found,
    index,
    move,
    dismiss: () => setDismissed(text),
  };
}
