import { type Block, type Inline, type Line, markup } from "@frontdesk/realtime";
import { Fragment } from "react";
import { Anchor } from "./Anchor.tsx";
import { Linked } from "./Linked.tsx";

// Pieces of one text never move within it: where they stand is who they are.

function Pieces({ line }: { line: Line }) {
  return line.map((piece, at) => {
    const key = `${at}`;
    return <Piece key={key} piece={piece} />;
  });
}

function Piece({ piece }: { piece: Inline }) {
  if (typeof piece === "string") return <Linked text={piece} />;
  if (piece.kind === "code") return <code>{piece.text}</code>;
  if (piece.kind === "link") {
    return <Anchor href={piece.href} words={piece.text} />;
  }
  const Tag = piece.kind;
  return (
    <Tag>
      <Pieces line={piece.inside} />
    </Tag>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return lines.map((line, at) => {
    const key = `${at}`;
    return (
      <Fragment key={key}>
        {at > 0 ? <br /> : null}
        <Pieces line={line} />
      </Fragment>
    );
  });
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return (
        <p>
          <strong>
            <Pieces line={block.line} />
          </strong>
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
      const items = block.items.map((item, at) => {
        const key = `${at}`;
        return (
          <li key={key}>
            <Pieces line={item} />
          </li>
        );
      });
      return block.kind === "bullets" ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
    }
  }
}

/** Words with the few marks that a message or an article may carry: elements around text, never HTML. */
export function Marked({ text, className }: { text: string; className?: string | undefined }) {
  return (
    <div className={className}>
      {markup(text).map((block, at) => {
        const key = `${at}`;
        return <BlockView key={key} block={block} />;
      })}
    </div>
  );
}
