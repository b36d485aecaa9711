import { linkify } from "../format/links.ts";

/** What somebody wrote, as text, with its addresses clickable. Never HTML. */
export function Linked({ text }: { text: string }) {
  let at = 0;
  return linkify(text).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.href ? (
      <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}
