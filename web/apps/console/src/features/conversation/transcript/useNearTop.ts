import { type RefObject, useEffect, useRef } from "react";

/** Asks for more whenever the upper end comes near. */
export function useNearTop(scroller: RefObject<HTMLElement | null>, more: () => void) {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [root, target] = [scroller.current, top.current];
    if (!root || !target) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) more();
      },
      { root, rootMargin: "500px 0px 0px 0px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [scroller, more]);
  return top;
}
