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
const TAKEN_ALONG = ["first", "draft", "leave", "form"];

/** One person's part of this device's storage. Whoever comes next reads nothing of it. */
export interface Personal extends Storage {
  readonly person: string | null;
  /** The part of those who have not said who they are. */
  readonly nobody: Storage;
  /** They were nobody until now: what they had written is theirs. */
  takeAlong(channel: string): void;
  /** Removes everything of theirs, and of nobody's, in a channel; returns the contacts as whom they wrote. */
  forget(channel: string): string[];
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
    forget(channel) {
      const contactKey = `frontdesk.contact.${channel}`;
      const contacts = [device.get(contactKey), device.get(own(contactKey))].filter(
        (id) => id !== null,
      );
      const theirs = [channel, own(channel)];
      for (const key of device.keys()) {
        const [, kind, of, contact = ""] =
          /^frontdesk\.(\w+)\.([^.]*@.*|[^.@]*)(?:\.([^.]*))?/.exec(key) ?? [];
        if (!of || !theirs.includes(of)) continue;
        if (kind !== "unsent" || contacts.includes(contact)) device.set(key, null);
      }
      return [...new Set(contacts)];
    },
  };
}
