import { type Block, type Inline, type Line, markup } from "@frontdesk/realtime";
import { RichText } from "./RichText.tsx";

function Pieces({ line }: { line: Line }) {
  return (
    <>
      {line.map((piece, at) => (
        <Piece key={at} piece={piece} />
      ))}
    </>
  );
}

function Piece({ piece }: { piece: Inline }) {
  if (typeof piece === "string") return <RichText text={piece} />;
  if (piece.kind === "code") return <code>{piece.text}</code>;
  if (piece.kind === "link") {
    return (
      <a href={piece.href} title={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    );
  }
  const Tag = piece.kind;
  return (
    <Tag>
      <Pieces line={piece.inside} />
    </Tag>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <>
      {lines.map((line, at) => (
        <>
          {at > 0 && <br />}
          <Pieces line={line} />
        </>
      ))}
    </>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return (
        <p class="marked-title">
          <Pieces line={block.line} />
        </p>
      );
    case "code":
      return <pre>{block.text}</pre>;
    case "quote":
      return (
        <blockquote>
          <Lines lines={block.lines} />
        </blockquote>
      );
    case "text":
      return (
        <p>
          <Lines lines={block.lines} />
        </p>
      );
    default: {
      const items = block.items.map((item, at) => (
        <li key={at}>
          <Pieces line={item} />
        </li>
      ));
      return block.kind === "bullets" ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
  }
}

/** Words with the few marks that staff and bots may use: elements of ours around text nodes, never HTML. */
export function Marked({ text }: { text: string }) {
  return (
    <div class="marked">
      {markup(text).map((block, at) => (
        <BlockView key={at} block={block} />
      ))}
    </div>
  );
}
