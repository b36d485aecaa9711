import type { Colleague } from "@frontdesk/realtime";

export interface Piece {
  readonly piece: string;
  /** Where it begins in the text. */
  readonly at: number;
  readonly named: boolean;
}

/** The text cut where it names somebody: of two names that begin alike the longer one counts. */
export function namedIn(text: string, people: readonly Pick<Colleague, "name">[]): Piece[] {
  const names = people
    .map(({ name }) => `@${name}`)
    .filter((name) => name !== "@")
    .sort((a, b) => b.length - a.length);
  const pieces: Piece[] = [];
  let plain = 0;
  let at = 0;
  const close = (end: number) => {
    if (end > plain) pieces.push({ piece: text.slice(plain, end), at: plain, named: false });
  };
  while (at < text.length) {
    const found = text[at] === "@" ? names.find((name) => text.startsWith(name, at)) : undefined;
    if (found === undefined) {
      at += 1;
      continue;
    }
    close(at);
    pieces.push({ piece: found, at, named: true });
    at += found.length;
    plain = at;
  }
  close(text.length);
  return pieces;
}
