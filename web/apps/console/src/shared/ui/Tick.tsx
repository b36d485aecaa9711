import { elapsed } from "../format/time.ts";
import { useNow } from "../live/clock.ts";

/** Time running up from a moment, every second. */
export function Tick({ since, className }: { since: number; className?: string | undefined }) {
  const now = useNow();
  return <span className={className}>{elapsed(now - since)}</span>;
}
