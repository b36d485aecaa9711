import type { Entry } from "@frontdesk/realtime";
import { expect, it } from "vitest";
import { endsInMessage } from "./absence.ts";

const said = { kind: "message", sender: { kind: "visitor" }, body: { type: "text", text: "hi" } };
const ended = (instead?: string) => ({ kind: "unqueued", sender: {}, body: { instead } });
const bot = { kind: "message", sender: { kind: "bot" }, body: { type: "text", text: "hm" } };

it.each([
  [[said, ended("leave_message")], true],
  [[said, ended("leave_message"), bot], true],
  [[said, ended("leave_message"), said], false],
  [[said, ended("bot")], false],
  [[said, ended()], false],
  [[said], false],
])("%j ends in the offer to leave a message: %j", (entries, expected) => {
  expect(endsInMessage(entries as unknown as Entry[])).toBe(expected);
});
