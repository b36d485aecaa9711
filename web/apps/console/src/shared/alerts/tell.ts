import type { News } from "./telling.ts";

/** Tells the agent by sound and desktop notification. What does it is loaded behind the first screen. */
export function tell(news: News): void {
  void import("./telling.ts").then(({ tellNow }) => tellNow(news));
}
