/** Where a saved reply says who is spoken to, and by whom. */
export type Place =
  | "contact.name"
  | "contact.email"
  | "contact.phone"
  | "agent.name"
  | "organization.name";
export type Facts = Readonly<Record<Place, string>>;

const place = /\{(contact\.(?:name|email|phone)|agent\.name|organization\.name)\}/g;
/** A place that nothing is known for. Brackets that nobody types, so that it is seen and cannot be sent by mistake. */
const gap = /⟦[^⟦⟧\n]{1,80}⟧/;

interface Filled {
  readonly value: string;
  /** What is selected afterwards: the first place that is still empty, or the end. */
  readonly start: number;
  readonly end: number;
}

/** A saved reply with its places filled in; what is put in is never read for places again. */
export function fillPlaces(text: string, facts: Facts, names: Facts): Filled {
  const value = text.replace(place, (_, name: Place) => facts[name].trim() || `⟦${names[name]}⟧`);
  const empty = gap.exec(value);
  if (!empty) return { value, start: value.length, end: value.length };
  return { value, start: empty.index, end: empty.index + empty[0].length };
}

/** The first place that is still to be filled in by hand; null when there is none. */
export function gapOf(text: string): string | null {
  return gap.exec(text)?.[0] ?? null;
}
