import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { renew } from "./renew.ts";

test("a list that was read before a change and has not arrived yet is asked for again", async () => {
  const queries = new QueryClient();
  const asked: ((answer: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => asked.push(resolve));
  const observer = new QueryObserver(queries, { queryKey: ["agents"], queryFn });
  const stop = observer.subscribe(() => undefined);
  const renewed = renew(queries, ["agents"]);
  asked[0]?.("before the change");
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.("after the change");
  await renewed;
  expect(observer.getCurrentResult().data).toBe("after the change");
  stop();
});
