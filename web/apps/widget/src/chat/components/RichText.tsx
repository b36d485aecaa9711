import { linkify } from "../text/linkify.ts";

/** A person's words: text nodes and safe links, nothing else. */
export function RichText({ text }: { text: string }) {
  return (
    <>
      {linkify(text).map((piece, at) =>
        typeof piece === "string" ? (
          piece
        ) : (
          <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}
