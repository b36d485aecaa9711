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
    if (value === null) window[area].removeItem(key);
    else window[area].setItem(key, value);
  } catch {
    // storage is blocked or full
  }
}

/** One of several values under one key; read and written in one turn, so that tabs do not undo each other's. */
export function keepFor(area: Area, key: string, name: string, value: string | null): void {
  let all: Record<string, string> = {};
  try {
    all = JSON.parse(recall(area, key) ?? "");
  } catch {
    // none, or not ours: written anew
  }
  if (value === null) delete all[name];
  else all[name] = value;
  keep(area, key, JSON.stringify(all));
}
