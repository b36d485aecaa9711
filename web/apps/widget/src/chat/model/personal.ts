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
const TAKEN_ALONG = ["draft", "leave", "form"];

/** One person's part of this device's storage. Whoever comes next reads nothing of it. */
export interface Personal extends Storage {
  readonly person: string | null;
  /** The part of those who have not said who they are. */
  readonly nobody: Storage;
  /** Of what is kept under `frontdesk.<kind>:<id>.<channel>`, a key for each. */
  ids(kind: string, channel: string): string[];
  /** They were nobody until now: what they had written is theirs. */
  takeAlong(channel: string): void;
  /** Removes everything of theirs, and of nobody's, in a channel; returns the contacts as whom they wrote. */
  forget(channel: string): string[];
}

export function personal(device: Storage, person: string | null): Personal {
  const own = (key: string) => (person === null ? key : `${key}@${person}`);
  function idsIn(kind: string, end: string): string[] {
    const start = `frontdesk.${kind}:`;
    return device.keys().flatMap((key) => {
      const dot = key.indexOf(".", start.length);
      return key.startsWith(start) && key.slice(dot) === end ? [key.slice(start.length, dot)] : [];
    });
  }
  return {
    person,
    lasting: device.lasting,
    nobody: device,
    get: (key) => device.get(own(key)),
    set: (key, value) => device.set(own(key), value),
    keys: () => device.keys(),
    ids: (kind, channel) => idsIn(kind, own(`.${channel}`)),
    takeAlong(channel) {
      if (person === null) return;
      const firsts = idsIn("first", `.${channel}`).map((id) => `first:${id}`);
      for (const kind of [...TAKEN_ALONG, ...firsts]) {
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
          /^frontdesk\.([\w:-]+)\.([^.]*@.*|[^.@]*)(?:\.([^.]*))?/.exec(key) ?? [];
        if (!of || !theirs.includes(of)) continue;
        if (kind !== "unsent" || contacts.includes(contact)) device.set(key, null);
      }
      return [...new Set(contacts)];
    },
  };
}
