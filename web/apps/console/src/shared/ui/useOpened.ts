import { useEffect, useState } from "react";

/** A layer that is open from its first moment would not remember where the focus goes back to. */
export function useOpened(wanted: boolean): boolean {
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  return wanted && mounted;
}
