export type Piece = string | { readonly text: string; readonly href: string };

const LINK =
  /\b(?:https?:\/\/[^\s<>"“”‘’《》「」【】，。；！？、（）]+|mailto:[^\s<>"，。]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}\b)/gi;
const SAFE = new Set(["http:", "https:", "mailto:"]);

/** Full stops and closing brackets at the end belong to the sentence, unless the bracket was opened in the link. */
function trimmed(text: string): string {
  let link = text;
  for (;;) {
    const last = link.at(-1) ?? "";
    if (/[.,;:!?'*_~]/.test(last)) link = link.slice(0, -1);
    else if (last === ")" && !balanced(link, "(", ")")) link = link.slice(0, -1);
    else if (last === "]" && !balanced(link, "[", "]")) link = link.slice(0, -1);
    else return link;
  }
}

function balanced(text: string, open: string, close: string): boolean {
  return text.split(open).length >= text.split(close).length;
}

function address(link: string): string | null {
  const full = /^(?:https?|mailto):/i.test(link) ? link : `mailto:${link}`;
  try {
    return SAFE.has(new URL(full).protocol) ? full : null;
  } catch {
    return null;
  }
}

/** Cuts a text into plain pieces and links; only http, https and mailto ever become links. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(LINK)) {
    const link = trimmed(match[0]);
    const href = address(link);
    if (!href) continue;
    if (match.index > done) pieces.push(text.slice(done, match.index));
    pieces.push({ text: link, href });
    done = match.index + link.length;
  }
  if (done < text.length) pieces.push(text.slice(done));
  return pieces;
}

/** One to three emoji and nothing else: shown large. */
export function isJustEmoji(text: string): boolean {
  const bare = text.trim();
  if (!bare || bare.length > 24) return false;
  return /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s*){1,3}$/u.test(
    bare,
  );
}
