import { useState } from "react";
import { storage } from "../../../shared/storage.ts";

/** Whether this person writes with marks (bold, lists, links); remembered for the next conversation and day. */
export function useFormat(me: string) {
  const key = `frontdesk.format.${me}`;
  const [on, setOn] = useState(() => storage.read(key) === "1");
  return {
    on,
    toggle(): void {
      storage.write(key, on ? null : "1");
      setOn(!on);
    },
  };
}
