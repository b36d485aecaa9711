import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { agentsQuery } from "../../../shared/api/queries.ts";
import { rank } from "../../../shared/fuzzy/fuzzy.ts";
import { useMe } from "../../../shared/session/session.ts";
import { mentionAt } from "./mentioning.ts";

/** Everybody whom a note may name: people who work here, without oneself. */
export function useColleagues(on: boolean) {
  const me = useMe().agent.id;
  const { data = [] } = useQuery({ ...agentsQuery, enabled: on });
  return data
    .filter(({ id, kind, enabled }) => kind === "human" && enabled && id !== me)
    .map((agent) => ({ ...agent, name: agent.name || agent.nickname }));
}

/** The colleagues who fit what stands after the "@", and which of them is chosen. */
export function useMentions(text: string, caret: number, note: boolean) {
  const at = note ? mentionAt(text, caret) : null;
  const [dismissed, setDismissed] = useState<string | null>(null);
  const [chosen, setChosen] = useState({ query: "", index: 0 });
  const people = useColleagues(at !== null);
  const query = at?.query ?? "";
  const found = at
    ? rank(query, people, ({ name, nickname, username }) => [name, nickname, username]).slice(0, 8)
    : [];
  // A sentence that only happens to hold an "@" is left alone.
  const open = at !== null && dismissed !== text && (found.length > 0 || !query.includes(" "));
  const index = chosen.query === query ? Math.min(chosen.index, found.length - 1) : 0;
  return {
    open,
    query,
    found,
    index,
    move: (step: number) => {
      if (found.length) setChosen({ query, index: (index + step + found.length) % found.length });
    },
    dismiss: () => setDismissed(text),
    /** The text with this colleague named in it, and where the caret is then. */
    name: (name: string) => {
      const from = at?.from ?? caret;
      const value = `${text.slice(0, from)}@${name} ${text.slice(caret)}`;
      return { value, caret: from + name.length + 2 };
    },
  };
}
