import {
  type Entry,
  type EntryKind,
  type EntryOf,
  isErased,
  type Sender,
} from "@frontdesk/realtime";
import { daysBetween } from "../../../shared/format/time.ts";

type MessageEntry = Extract<Entry, { kind: "message" }>;
/** What colleagues say to each other. */
export type NoteEntry = EntryOf<"note"> | EntryOf<"whisper">;

export type Line =
  | { readonly type: "day"; readonly key: string; readonly seq: number; readonly at: number }
  | {
      readonly type: "message";
      readonly key: string;
      readonly seq: number;
      readonly entry: MessageEntry;
      /** Begins and ends a run of messages by one person. */
      readonly first: boolean;
      readonly last: boolean;
      /** The message that this one answers, if the log at hand has it. */
      readonly quoted: MessageEntry | null;
    }
  | { readonly type: "note"; readonly key: string; readonly seq: number; readonly entry: NoteEntry }
  | { readonly type: "system"; readonly key: string; readonly seq: number; readonly entry: Entry };

/** A pause that begins a new run though the same person goes on. */
const pause = 3 * 60_000;

/** Said at the message itself, or not said at all. */
const silent: ReadonlySet<EntryKind> = new Set(["hidden", "recalled"]);
const told: ReadonlySet<EntryKind> = new Set([
  "opened",
  "queued",
  "unqueued",
  "assigned",
  "transferred",
  "joined",
  "left",
  "rating_invited",
  "rated",
  "answer_rated",
  "wrapped_up",
  "snoozed",
  "woken",
  "closed",
  "reopened",
  "erased",
]);

const same = (a: Sender, b: Sender) => a.kind === b.kind && a.id === b.id;

function continues(previous: Line | undefined, entry: MessageEntry): boolean {
  return (
    previous?.type === "message" &&
    same(previous.entry.sender, entry.sender) &&
    entry.at - previous.entry.at < pause
  );
}

/** By counting: the entries have no holes. */
function quotedBy(entry: MessageEntry, known: readonly Entry[]): MessageEntry | null {
  if (entry.recalled || entry.body.type !== "text" || !entry.body.quotes) return null;
  const found = known[entry.body.quotes - (known[0]?.seq ?? 1)];
  return found?.kind === "message" && found.seq < entry.seq ? found : null;
}

/**
 * What the transcript shows, line by line: days, messages in runs, notes and what happened in between. `known` is the whole
 * log at hand, of which `entries` are the newest: what they quote is looked up there.
 */
export function linesOf(entries: readonly Entry[], known: readonly Entry[] = entries): Line[] {
  const lines: Line[] = [];
  let day: number | null = null;
  let aside = false;
  for (const entry of entries) {
    // What was erased is said once, where it is told.
    if (silent.has(entry.kind) || isErased(entry)) continue;
    if (day === null || daysBetween(day, entry.at) !== 0) {
      lines.push({ type: "day", key: `day-${entry.id}`, seq: entry.seq, at: entry.at });
      day = entry.at;
    }
    const at = { key: entry.id, seq: entry.seq };
    if (aside && entry.kind === "message" && entry.sender.kind === "visitor") {
      lines.push({ type: "system", key: `woken-${entry.id}`, seq: entry.seq, entry });
      aside = false;
    }
    if (["snoozed", "woken", "assigned", "queued", "closed"].includes(entry.kind)) {
      aside = entry.kind === "snoozed";
    }
    if (entry.kind === "message") {
      const previous = lines.at(-1);
      const joined = continues(previous, entry);
      if (joined && previous?.type === "message") {
        lines[lines.length - 1] = { ...previous, last: false };
      }
      const quoted = quotedBy(entry, known);
      lines.push({ type: "message", ...at, entry, first: !joined, last: true, quoted });
    } else if ((entry.kind === "note" || entry.kind === "whisper") && !entry.recalled) {
      lines.push({ type: "note", ...at, entry });
    } else if (told.has(entry.kind)) {
      lines.push({ type: "system", ...at, entry });
    }
  }
  return lines;
}

/** Entries follow each other without holes, so that the one to begin with is found by counting. */
export function entriesFrom(entries: readonly Entry[], from: number): readonly Entry[] {
  const first = entries[0]?.seq ?? from;
  return from <= first ? entries : entries.slice(from - first);
}

export interface LineBlock {
  readonly key: number;
  readonly lines: readonly Line[];
}

const blockSize = 40;

/** Lines by where they stand in the log, so that a block keeps its lines whatever is added before or after it. */
export function blocksOf(lines: readonly Line[]): LineBlock[] {
  const blocks: { key: number; lines: Line[] }[] = [];
  for (const line of lines) {
    const key = Math.floor(line.seq / blockSize);
    const last = blocks.at(-1);
    if (last?.key === key) last.lines.push(line);
    else blocks.push({ key, lines: [line] });
  }
  return blocks;
}

export type Mark = "sent" | "delivered" | "read";

/** How far one of our messages has come on the visitor's side. */
export function markOf(seq: number, received: number, read: number): Mark {
  if (seq <= read) return "read";
  return seq <= received ? "delivered" : "sent";
}

/** `seconds` is the organization's; 0: never. */
export function recallable(entry: Entry, me: string, now: number, seconds: number): boolean {
  return (
    entry.kind === "message" &&
    !entry.recalled &&
    entry.sender.kind === "agent" &&
    entry.sender.id === me &&
    now - entry.at < seconds * 1000
  );
}
