export type Piece = { readonly text: string; readonly href?: string };

const pattern = /(https?:\/\/[^\s<>"'，。；！？、）】》]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/gi;
const trailing = /[.,;:!?)\]}]+$/;

/** The address if it may be opened from here: http, https and mailto only. */
export function safeHref(address: string): string | undefined {
  try {
    const { protocol, href } = new URL(address);
    return ["http:", "https:", "mailto:"].includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

/** Cuts what somebody wrote into plain text and links. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const found = match[0].replace(trailing, "");
    const href = safeHref(found.includes("://") ? found : `mailto:${found}`);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: found, href });
    from = match.index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
