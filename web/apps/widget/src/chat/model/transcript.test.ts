import type { Entry } from "@frontdesk/realtime";
import { expect, it } from "vitest";
import { en } from "../i18n/en.ts";
import { translator } from "../i18n/i18n.ts";
import { transcriptOf, wholeLog } from "./transcript.ts";

const at = new Date(2026, 10, 23, 10, 5).getTime();
const visitor = { kind: "visitor", id: "1" } as const;
const lin = { kind: "agent", id: "8", name: "Lin" } as const;
const entry = (seq: number, sender: object, body: object, more: object = {}) =>
  ({ id: `e${seq}`, seq, kind: "message", at, sender, body, ...more }) as Entry;

it("tells what was on the screen, in words", () => {
  const entries = [
    entry(1, visitor, { type: "text", text: "**Hi**" }),
    entry(2, lin, { type: "text", text: "**Hello**", format: "markdown" }),
    entry(3, lin, { type: "voice", duration: 4200 }),
    entry(4, lin, { type: "file", name: "bill.pdf" }),
    { id: "e5", seq: 5, kind: "hidden", at, sender: lin, body: {} } as Entry,
    entry(6, visitor, {}, { recalled: true }),
  ];
  expect(transcriptOf(entries, [], translator("en", en))).toBe(
    [
      "— November 23, 2026 —",
      "",
      "[10:05] You: **Hi**",
      "[10:05] Lin: Hello",
      "[10:05] Lin: [Voice message 0:04]",
      "[10:05] Lin: [bill.pdf]",
      "* You took this message back",
      "",
    ].join("\n"),
  );
});

it("fetches page after page up to the head it was told, and no further", async () => {
  const log = Array.from({ length: 250 }, (_, index) => entry(index + 1, visitor, {}));
  const asked: number[] = [];
  const api = {
    entries: async (_: string, { after = 0, limit }: { after?: number; limit: number }) => {
      asked.push(after);
      const entries = log.slice(after, after + limit);
      return { entries, more: after + limit < log.length };
    },
  };
  expect(await wholeLog(api, "7", 200)).toHaveLength(200);
  expect(await wholeLog(api, "7", 250)).toHaveLength(250);
  expect(asked).toEqual([0, 100, 0, 100, 200]);
});
