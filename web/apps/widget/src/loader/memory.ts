/** Small things kept in the customer's page; a page that forbids storage simply forgets them. */
export function recall(area: "localStorage" | "sessionStorage", key: string): string | null {
  try {
    return window[area].getItem(key);
  } catch {
    return null;
  }
}

export function keep(area: "localStorage" | "sessionStorage", key: string, value: string): void {
  try {
    window[area].setItem(key, value);
  } catch {
    // storage is blocked or full
  }
}
