import type { Storage } from "./storage.ts";

/** Whose a token is, by its own word: only to notice that it is somebody else's. Who it is decides the server. */
export function subjectOf(token: string | null): string | null {
  try {
    const part = (token ?? "").split(".")[1] ?? "";
    const bytes = atob(part.replace(/-/g, "+").replace(/_/g, "/"));
    const text = new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
    const { sub } = JSON.parse(text) as { sub?: unknown };
    return typeof sub === "string" || typeof sub === "number" ? String(sub) : null;
  } catch {
    return null;
  }
}

/** What a visitor who said who they are takes along from when they had not. */
const TAKEN_ALONG = ["first", "draft", "leave"];

/** One person's part of this device's storage. Whoever comes next reads nothing of it. */
export interface Personal extends Storage {
  readonly person: string | null;
  /** The part of those who have not said who they are. */
  readonly nobody: Storage;
  /** They were nobody until now: what they had written is theirs. */
  takeAlong(channel: string): void;
  /** Removes everything that any visitor left in a channel; returns the values of one kind of key. */
  forget(channel: string, kind: string): string[];
}

export function personal(device: Storage, person: string | null): Personal {
  const own = (key: string) => (person === null ? key : `${key}@${person}`);
  return {
    person,
    lasting: device.lasting,
    nobody: device,
    get: (key) => device.get(own(key)),
    set: (key, value) => device.set(own(key), value),
    keys: () => device.keys(),
    takeAlong(channel) {
      if (person === null) return;
      for (const kind of TAKEN_ALONG) {
        const key = `frontdesk.${kind}.${channel}`;
        const left = device.get(key);
        if (left !== null && device.get(own(key)) === null) device.set(own(key), left);
        device.set(key, null);
      }
    },
    forget(channel, kind) {
      const values: string[] = [];
      for (const key of device.keys()) {
        const [product, what, whose = ""] = key.split(".");
        const of = key.slice(`${product}.${what}.`.length);
        if (product !== "frontdesk" || !whose) continue;
        if (of !== channel && !of.startsWith(`${channel}.`) && !of.startsWith(`${channel}@`))
          continue;
        const value = device.get(key);
        if (what === kind && value) values.push(value);
        device.set(key, null);
      }
      return values;
    },
  };
}
