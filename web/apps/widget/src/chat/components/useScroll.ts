import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const NEAR = 48;

/**
 * Keeps the list where the reader is: at the end while they are at the end, and at the same words while older ones
 * are put above.
 */
export function useScroll(
  list: RefObject<HTMLElement | null>,
  options: { top: string; onEnd: (atEnd: boolean) => void; onTop: () => void },
) {
  const held = useRef({ atEnd: true, top: options.top, height: 0, offset: 0 });
  const [atEnd, setAtEnd] = useState(true);

  function toEnd(): void {
    const element = list.current;
    if (element) element.scrollTop = element.scrollHeight;
  }

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const { current } = held;
    if (current.atEnd) toEnd();
    else if (current.top !== options.top) {
      element.scrollTop = current.offset + element.scrollHeight - current.height;
    }
    current.top = options.top;
    current.height = element.scrollHeight;
    current.offset = element.scrollTop;
  });

  // the keyboard, a card or a picture changes what fits
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element stays the same
  useEffect(() => {
    const element = list.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      if (held.current.atEnd) toEnd();
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);

  function onScroll(): void {
    const element = list.current;
    if (!element?.clientHeight) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    // only a move upwards leaves the end: what merely grew in the meantime is followed
    const now = near || (held.current.atEnd && element.scrollTop >= held.current.offset - 1);
    held.current.offset = element.scrollTop;
    held.current.height = element.scrollHeight;
    if (element.scrollTop < NEAR && element.scrollHeight > element.clientHeight) options.onTop();
    if (now === held.current.atEnd) return;
    held.current.atEnd = now;
    setAtEnd(now);
    options.onEnd(now);
  }

  return {
    atEnd,
    onScroll,
    toEnd(): void {
      held.current.atEnd = true;
      toEnd();
    },
  };
}
