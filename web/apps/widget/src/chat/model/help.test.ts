import { expect, it, vi } from "vitest";
import { createHelp } from "./help.ts";

const hint = { id: "1", question: "How much is shipping?", excerpt: "Free from $15." };

it("is unknown, and not shown, until the server has told", async () => {
  const changed = vi.fn();
  const articles = vi.fn(async () => ({ shown: true, items: [hint] }));
  const help = createHelp({ api: { articles }, changed });
  expect([help.shown, help.first]).toEqual([false, []]);
  await help.look();
  expect([help.shown, help.first]).toEqual([true, [hint]]);
  expect(changed).toHaveBeenCalledOnce();
});

it("asks with each connection until it has been told, and then no more", async () => {
  const articles = vi.fn(async () => ({ shown: false, items: [] }));
  articles.mockRejectedValueOnce(new Error("no network"));
  const help = createHelp({ api: { articles }, changed: () => undefined });
  for (let turn = 0; turn < 4; turn++) await help.look();
  expect(articles).toHaveBeenCalledTimes(2);
  expect(help.shown).toBe(false);
});
