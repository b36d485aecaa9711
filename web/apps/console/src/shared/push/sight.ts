import type { Connection } from "@frontdesk/realtime";

/** Says whether the page is in sight: who has none in sight is told by push. */
export function tellSight(connection: Connection): () => void {
  const tell = () => connection.visible(!document.hidden);
  const told = connection.on("ready", () => {
    if (document.hidden) tell();
  });
  document.addEventListener("visibilitychange", tell);
  if (document.hidden) tell();
  return () => {
    told();
    document.removeEventListener("visibilitychange", tell);
  };
}
