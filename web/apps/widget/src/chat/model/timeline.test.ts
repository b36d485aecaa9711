import type { AgentCard, Entry } from "@frontdesk/realtime";
import { describe, expect, it } from "vitest";
import { en } from "../i18n/en.ts";
import { translator } from "../i18n/i18n.ts";
import { countUnread, timeline } from "./timeline.ts";

const bot: AgentCard = { id: "9", name: "Fanny", avatar_url: null, kind: "bot" };
const lin: AgentCard = { id: "8", name: "Lin", avatar_url: "/lin.png", kind: "human" };
const t = translator("en", en);
const start = new Date(2026, 10, 23, 10, 0).getTime();

function log(...parts: [kind: string, who: string, body: object, minutes?: number][]): Entry[] {
  let at = start;
  return parts.map(([kind, who, body, minutes = 0], index) => {
    at += minutes * 60_000;
    const senders = {
      visitor: { kind: "visitor", id: "1" },
      bot: { kind: "bot", id: "9", name: "Fanny" },
      agent: { kind: "agent", id: "8", name: "Lin" },
    };
    const sender = senders[who as keyof typeof senders] ?? { kind: "system", id: "0" };
    return { id: `e${index}`, seq: index + 1, kind, at, sender, body } as Entry;
  });
}

const text = (words: string) => ({ type: "text", text: words });
const lines = (entries: Entry[]) =>
  timeline(entries, [bot]).flatMap((row) => {
    if (row.kind === "system") return [`* ${t(row.text, row.values)}`];
    if (row.kind === "time") return [row.newDay ? "= day" : "= time"];
    const { entry } = row;
    return [entry.recalled ? "(gone)" : (entry.body as { text: string }).text];
  });

describe("the timeline", () => {
  it("tells the story of a conversation and keeps quiet about the rest", () => {
    const entries = log(
      ["opened", "", {}],
      ["assigned", "", { agent: bot, team_id: null, reason: "bot" }],
      ["message", "bot", text("Hello")],
      ["message", "visitor", text("A human, please")],
      ["queued", "", { team_id: "1", reason: "visitor" }],
      ["assigned", "", { agent: lin, team_id: "1", reason: "dispatch" }],
      ["hidden", "", {}],
      ["message", "agent", text("Hi, Lin here")],
      ["closed", "agent", { by: "agent", reason: "agent" }],
      ["rated", "visitor", { score: 5, remark: "", resolved: true }],
    );
    expect(lines(entries)).toEqual([
      "= day",
      "Hello",
      "A human, please",
      "* We’re getting someone for you",
      "* Lin is with you",
      "Hi, Lin here",
      "* Lin ended the conversation",
      "* You gave 5 of 5. Thank you!",
    ]);
  });

  it("tells a hand-over once, not as a queue as well", () => {
    const entries = log(
      ["assigned", "", { agent: lin, team_id: "1", reason: "dispatch" }],
      ["transferred", "agent", { from: lin, to_agent: null, to_team_id: "2" }],
      ["queued", "", { team_id: "2", reason: "transfer" }],
    );
    expect(lines(entries).slice(1)).toEqual([
      "* Lin is with you",
      "* Lin is handing you over to another team",
    ]);
  });

  it("says that the bot is back only after somebody else was there", () => {
    const back = log(
      ["assigned", "", { agent: bot, team_id: null, reason: "bot" }],
      ["queued", "", { team_id: "1", reason: "visitor" }],
      ["unqueued", "", { reason: "visitor" }],
      ["assigned", "", { agent: bot, team_id: null, reason: "bot" }],
    );
    expect(lines(back).at(-1)).toBe("* Fanny is answering again");
  });

  it("joins what one person says within minutes, and marks pauses and days", () => {
    const rows = timeline(
      log(
        ["message", "agent", text("a")],
        ["message", "agent", text("b"), 1],
        ["message", "visitor", text("c"), 1],
        ["message", "agent", text("d"), 30],
        ["message", "agent", text("e"), 24 * 60],
      ),
      [lin],
    );
    expect(
      rows.map((row) =>
        row.kind === "message" ? `${row.first ? "[" : ""}${row.last ? "]" : ""}` : row.kind,
      ),
    ).toEqual(["time", "[", "]", "[]", "time", "[]", "time", "[]"]);
    expect(rows.find((row) => row.kind === "message")).toMatchObject({ avatar: "/lin.png" });
  });

  it("counts what the visitor has not seen", () => {
    const entries = log(
      ["message", "agent", text("a")],
      ["message", "visitor", text("b")],
      ["message", "agent", text("c")],
      ["closed", "", { by: "system", reason: "silence" }],
    );
    expect(countUnread(entries, 0)).toBe(2);
    expect(countUnread(entries, 1)).toBe(1);
    expect(countUnread(entries, 4)).toBe(0);
  });
});
