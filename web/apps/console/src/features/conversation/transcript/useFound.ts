import { type RefObject, useEffect, useState } from "react";

/** Brings a searched entry to the middle once it is in the page, and marks it for a moment. */
export function useFound(
  scroller: RefObject<HTMLElement | null>,
  at: number | undefined,
  from: number,
): number | undefined {
  const [shown, setShown] = useState<number>();
  useEffect(() => {
    if (at === undefined || from > at) return;
    let tries = 0;
    const look = () => {
      const element = scroller.current?.querySelector(`[data-seq="${at}"]`);
      tries += 1;
      if (!element && tries < 50) return;
      clearInterval(timer);
      element?.scrollIntoView({ block: "center" });
      setShown(at);
    };
    const timer = setInterval(look, 100);
    return () => clearInterval(timer);
  }, [scroller, at, from]);
  return shown === at ? at : undefined;
}
