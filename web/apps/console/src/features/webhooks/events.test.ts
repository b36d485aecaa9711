import type { WebhookEvent } from "@frontdesk/api";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type EventGroup, eventGroups } from "./events.ts";

describe("the groups of events", () => {
  it("have every event that the server tells of, each once", () => {
    // what is missing, or is no event, does not compile
    expectTypeOf<(typeof eventGroups)[EventGroup][number]>().toEqualTypeOf<WebhookEvent>();
    const listed = Object.values(eventGroups).flat();
    expect(listed).toHaveLength(new Set(listed).size);
  });
});
