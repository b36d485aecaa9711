/**
 * The few marks of Markdown that a message of `format: "markdown"` may carry, as values to draw. There is no HTML in it
 * and no way to get any: what is not one of these marks is text.
 */
export type Inline =
  | string
  | { readonly kind: "strong" | "em" | "s"; readonly inside: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

export type Line = readonly Inline[];

export type Block =
  | { readonly kind: "text" | "quote"; readonly lines: readonly Line[] }
  | { readonly kind: "heading"; readonly line: Line }
  | {
      readonly kind: "bullets" | "numbers";
      readonly start: number;
      readonly items: readonly Line[];
    }
  | { readonly kind: "code"; readonly text: string };

const SAFE: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);
const DEEPEST = 4;

/** The address when it names its scheme and may be opened from a message. */
export function openable(address: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)/i.test(address)) return null;
  try {
    const { protocol, href } = new URL(address);
    return SAFE.has(protocol) ? href : null;
  } catch {
    return null;
  }
}

// Without looking behind, which older Safaris cannot: what stands before a single * or _ is looked at afterwards.
const MARK =
  /`([^`\n]+)`|\[([^[\]\n]{1,300})\]\(([^()\s]{1,2000})\)|\*\*(?=\S)((?:[^*\n]|\*(?!\*))*[^\s*])\*\*|~~(?=\S)([^~\n]*[^\s~])~~|\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])|_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)/g;

function marked(match: RegExpExecArray, depth: number): Inline | null {
  const [, code, words, address, strong, struck, star, line] = match;
  if (code !== undefined) return { kind: "code", text: code };
  if (words !== undefined) {
    const href = openable(address ?? "");
    return href ? { kind: "link", text: words, href } : null;
  }
  if (strong !== undefined) return { kind: "strong", inside: inline(strong, depth + 1) };
  if (struck !== undefined) return { kind: "s", inside: inline(struck, depth + 1) };
  const before = match.index > 0 ? match.input.charAt(match.index - 1) : "";
  return /[\w*_]/.test(before)
    ? null
    : { kind: "em", inside: inline(star ?? line ?? "", depth + 1) };
}

function inline(text: string, depth = 0): Inline[] {
  if (depth === DEEPEST) return text ? [text] : [];
  const pieces: Inline[] = [];
  const mark = new RegExp(MARK);
  let done = 0;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    const piece = marked(match, depth);
    if (!piece) {
      mark.lastIndex = match.index + 1;
      continue;
    }
    if (match.index > done) pieces.push(text.slice(done, match.index));
    pieces.push(piece);
    done = mark.lastIndex;
  }
  if (done < text.length) pieces.push(text.slice(done));
  return pieces;
}

type Open = { kind: "text" | "quote" | "bullets" | "numbers"; start: number; lines: Line[] };

function closed({ kind, start, lines }: Open): Block {
  return kind === "text" || kind === "quote" ? { kind, lines } : { kind, start, items: lines };
}

/** Cuts a text into blocks; everything of it is in one of them, in order. */
export function markup(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Open | null = null;
  let fence: string[] | null = null;
  const flush = () => {
    if (open) blocks.push(closed(open));
    open = null;
  };
  const add = (kind: Open["kind"], line: Line, start = 1) => {
    if (open?.kind !== kind) {
      flush();
      open = { kind, start, lines: [] };
    }
    open.lines.push(line);
  };
  for (const row of text.split("\n")) {
    if (/^```\w*\s*$/.test(row)) {
      flush();
      if (fence) blocks.push({ kind: "code", text: fence.join("\n") });
      fence = fence ? null : [];
      continue;
    }
    if (fence) {
      fence.push(row);
      continue;
    }
    const heading = /^#{1,3} +(\S.*)$/.exec(row);
    const bullet = /^ {0,3}[-*•] +(\S.*)$/.exec(row);
    const number = /^ {0,3}(\d{1,3})[.)] +(\S.*)$/.exec(row);
    const quote = /^> ?(.*)$/.exec(row);
    if (!row.trim()) flush();
    else if (heading) {
      flush();
      blocks.push({ kind: "heading", line: inline(heading[1] ?? "") });
    } else if (bullet) add("bullets", inline(bullet[1] ?? ""));
    else if (number) add("numbers", inline(number[2] ?? ""), Number(number[1]));
    else if (quote) add("quote", inline(quote[1] ?? ""));
    else add("text", inline(row));
  }
  flush();
  // a fence that was never closed is no fence
  if (fence) blocks.push({ kind: "text", lines: ["```", ...fence].map((row) => [row]) });
  return blocks;
}

const words = (line: Line): string =>
  line
    .map((piece) =>
      typeof piece === "string" ? piece : "inside" in piece ? words(piece.inside) : piece.text,
    )
    .join("");

/** The words alone, for where there is no room to draw anything: previews, quotations, transcripts. */
export function unmarked(text: string): string {
  return markup(text)
    .flatMap((block): string[] => {
      switch (block.kind) {
        case "code":
          return [block.text];
        case "heading":
          return [words(block.line)];
        case "bullets":
          return block.items.map((item) => `• ${words(item)}`);
        case "numbers":
          return block.items.map((item, at) => `${block.start + at}. ${words(item)}`);
        default:
          return block.lines.map(words);
      }
    })
    .join("\n");
}
