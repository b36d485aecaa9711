/// <reference types="vite/client" />
import { describe, expect, it } from "vitest";
import type { Entry, Snapshot } from "./frames.ts";
import { applyEntry, fromSnapshot, mergePage } from "./log.ts";
import type { ConversationState } from "./state.ts";

interface Held {
  readonly snapshot: Snapshot;
  readonly entries: readonly Entry[];
}

interface Fixture {
  readonly name: string;
  readonly audience: "visitor" | "agent";
  readonly before: Held;
  readonly entries: readonly Entry[];
  readonly after: Held;
}

const files = import.meta.glob<Fixture>("../../../../tests/sync/fixtures/*.json", {
  eager: true,
  import: "default",
});
const fixtures = Object.values(files);

const begin = ({ snapshot, entries }: Held) => mergePage(fromSnapshot(snapshot, true), entries);
const held = ({ snapshot, entries }: ConversationState): Held => ({ snapshot, entries });

describe("the old state and the entries make the new state", () => {
  it.each(fixtures)("$name ($audience)", ({ before, entries, after }) => {
    const one = entries.reduce(applyEntry, begin(before));
    expect(held(one)).toEqual(after);
    expect(one.oldest).toBe(after.entries[0]?.seq);
  });

  it.each(fixtures)("in one page as one by one: $name", ({ before, entries, after }) => {
    expect(held(mergePage(begin(before), entries))).toEqual(after);
  });

  it.each(fixtures)("a second time changes nothing: $name", ({ before, entries }) => {
    const once = entries.reduce(applyEntry, begin(before));
    expect(entries.reduce(applyEntry, once)).toBe(once);
  });

  it.each(fixtures)("over a header that is ahead of the entries: $name", (fixture) => {
    const { before, entries, after } = fixture;
    const ahead = { ...begin(before), snapshot: after.snapshot };
    if (!before.entries.length) return;
    expect(held(entries.reduce(applyEntry, ahead))).toEqual(after);
  });

  it("covers every kind of entry", () => {
    const kinds = new Set(fixtures.flatMap(({ entries }) => entries.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(
      [
        ...[
          "answer_rated",
          "assigned",
          "closed",
          "erased",
          "hidden",
          "joined",
          "left",
          "message",
          "note",
          "opened",
          "queued",
        ],
        ...["rated", "rating_invited", "recalled", "reopened", "snoozed", "transferred"],
        ...["unqueued", "whisper", "woken", "wrapped_up"],
      ].sort(),
    );
  });
});
