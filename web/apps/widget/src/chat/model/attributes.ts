import { type Api, ApiError } from "./api.ts";
import type { Host } from "./host.ts";

export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** What the page says of its visitor, told to the desk once there is one, and again whenever there is more. */
export function createAttributes(options: {
  api: Pick<Api, "describe">;
  host: Pick<Host, "attributes" | "onSaid">;
  warn?: (text: string) => void;
}) {
  // biome-ignore lint/suspicious/noConsole: who writes the page around the chat looks there
  const { api, host, warn = console.warn } = options;
  const told = new Map<string, unknown>();
  let arrived = false;
  let telling = false;

  /** What the desk has not heard yet; what it could not even take is refused here. */
  function news(): Attributes {
    const fresh: [string, string | number | boolean | null][] = [];
    for (const [name, value] of Object.entries(host.attributes)) {
      if (told.has(name) && told.get(name) === value) continue;
      if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
        fresh.push([name, value as string | number | boolean | null]);
      } else {
        told.set(name, value);
        warn(`Frontdesk.set: “${name}” is neither text, number, truth nor null`);
      }
    }
    return Object.fromEntries(fresh);
  }

  async function tell(): Promise<void> {
    const fresh = news();
    if (!arrived || telling || Object.keys(fresh).length === 0) return;
    telling = true;
    let heard = true;
    try {
      await api.describe(fresh);
    } catch (error) {
      heard = error instanceof ApiError && !error.passing;
      if (heard) warn(`Frontdesk.set: ${(error as ApiError).message}`);
    }
    telling = false;
    if (!heard) return; // until the next connection
    for (const [name, value] of Object.entries(fresh)) told.set(name, value);
    await tell();
  }

  host.onSaid(() => void tell());

  return {
    /** There is a visitor of whom it can be said. */
    come(): void {
      arrived = true;
      void tell();
    },
  };
}
