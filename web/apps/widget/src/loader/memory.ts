type Area = "localStorage" | "sessionStorage";

/** Small things kept in the customer's page; a page that forbids storage simply forgets them. */
export function recall(area: Area, key: string): string | null {
  try {
    return window[area].getItem(key);
  } catch {
    return null;
  }
}

/** null forgets. */
export function keep(area: Area, key: string, value: string | null): void {
  try {
    window[area][value === null ? "removeItem" : "setItem"](key, String(value));
  } catch {
    // storage is blocked or full
  }
}

/** One of several values under one key; read and written in one turn, so that tabs do not undo each other's. */
export function keepFor(key: string, name: string, value: string | null): void {
  let all: Record<string, string | undefined> = {};
  try {
    all = JSON.parse(recall("localStorage", key) ?? "");
  } catch {
    // none, or not ours: written anew
  }
  // one that is undefined is not written
  all[name] = value ?? undefined;
  keep("localStorage", key, JSON.stringify(all));
}
