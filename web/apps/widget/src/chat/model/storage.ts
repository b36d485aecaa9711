import type { Host } from "./host.ts";

/** localStorage where it is allowed, memory where it is not; never throws. */
export interface Storage {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
  keys(): string[];
  /** False when what is written here is gone after a reload. */
  readonly lasting: boolean;
}

export function memoryStorage(kept: Record<string, string> = {}): Storage {
  const held = new Map(Object.entries(kept));
  return {
    lasting: false,
    get: (key) => held.get(key) ?? null,
    set: (key, value) => void (value === null ? held.delete(key) : held.set(key, value)),
    keys: () => [...held.keys()],
  };
}

export function browserStorage(open: () => globalThis.Storage = () => localStorage): Storage {
  const memory = memoryStorage();
  let area: globalThis.Storage;
  try {
    area = open();
    area.setItem("frontdesk.probe", "1");
    area.removeItem("frontdesk.probe");
  } catch {
    return memory;
  }
  return {
    lasting: true,
    get(key) {
      try {
        return memory.get(key) ?? area.getItem(key);
      } catch {
        return memory.get(key);
      }
    },
    set(key, value) {
      try {
        if (value === null) area.removeItem(key);
        else area.setItem(key, value);
        memory.set(key, null);
      } catch {
        // full: at least this page remembers
        memory.set(key, value);
      }
    },
    keys: () => [...Object.keys(area), ...memory.keys()],
  };
}

function isRecord(value: unknown): value is Record<string, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((item) => typeof item === "string")
  );
}

/**
 * The browser's own storage; where it is closed to frames of other sites, the page around the chat keeps everything.
 * That page could read what the visitor does in it anyway; nobody else's page is given anything, for each keeps its own.
 */
export function openStorage(host: Pick<Host, "embedded" | "kept" | "tell">): Storage {
  const own = browserStorage();
  if (own.lasting || !host.embedded) return own;
  const memory = memoryStorage(readJson({ get: () => host.kept }, "", isRecord) ?? {});
  return {
    ...memory,
    lasting: true,
    set(key, value) {
      memory.set(key, value);
      host.tell({ type: "keep", key, value });
    },
  };
}

export function readJson<T>(
  storage: Pick<Storage, "get">,
  key: string,
  valid: (value: unknown) => value is T,
) {
  try {
    const value: unknown = JSON.parse(storage.get(key) ?? "null");
    return valid(value) ? value : null;
  } catch {
    return null;
  }
}
