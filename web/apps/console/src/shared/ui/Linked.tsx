import { linkify } from "../format/links.ts";
import { Anchor } from "./Anchor.tsx";

/** What somebody wrote, as text, with its addresses clickable. Never HTML. */
export function Linked({ text }: { text: string }) {
  let at = 0;
  return linkify(text).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.href ? (
      <Anchor key={key} href={piece.href} words={piece.text} />
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}
