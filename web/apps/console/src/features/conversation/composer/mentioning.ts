import { namedIn } from "../transcript/named.ts";

interface Person {
  readonly id: string;
  readonly name: string;
}

/** The word after an "@" in which the caret stands, and where that "@" is; null when none is being written. */
export function mentionAt(text: string, caret: number): { query: string; from: number } | null {
  const found = /(?:^|[^A-Za-z0-9._-])@([^@\n]{0,30})$/.exec(text.slice(0, caret));
  const query = found?.[1];
  if (query === undefined) return null;
  return { query, from: caret - query.length - 1 };
}

/** Whom a note names: everybody whose name stands in it behind an "@". Ten are told at most. */
export function mentionedIn(text: string, people: readonly Person[]): string[] {
  const pieces = namedIn(text, people).filter(({ named }) => named);
  const ids = pieces.flatMap(
    ({ piece }) => people.find(({ name }) => `@${name}` === piece)?.id ?? [],
  );
  return [...new Set(ids)].slice(0, 10);
}
