import type { ConnectionOptions } from "./api.ts";

/**
 * The browser's own signs that the line should be looked after at once; none where there is no page. A network that goes
 * is such a sign, too: the socket itself would not notice until the heartbeats stay out.
 */
export const wakeOnReturn: NonNullable<ConnectionOptions["wake"]> = (again) => {
  const page = globalThis.document;
  const visible = () => {
    if (page.visibilityState === "visible") again();
  };
  globalThis.addEventListener?.("online", again);
  globalThis.addEventListener?.("offline", again);
  page?.addEventListener("visibilitychange", visible);
  return () => {
    globalThis.removeEventListener?.("online", again);
    globalThis.removeEventListener?.("offline", again);
    page?.removeEventListener("visibilitychange", visible);
  };
};
