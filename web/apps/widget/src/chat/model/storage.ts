/** localStorage where it is allowed, memory where it is not; never throws. */
export interface Storage {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
  /** False when what is written here is gone after a reload. */
  readonly lasting: boolean;
}

export function memoryStorage(): Storage {
  const kept = new Map<string, string>();
  return {
    lasting: false,
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)),
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
  };
}

export function readJson<T>(storage: Storage, key: string, valid: (value: unknown) => value is T) {
  try {
    const value: unknown = JSON.parse(storage.get(key) ?? "null");
    return valid(value) ? value : null;
  } catch {
    return null;
  }
}
