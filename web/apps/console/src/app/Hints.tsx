import { lazy, Suspense, useEffect, useState } from "react";

const Tooltip = lazy(async () => ({ default: (await import("./HintTooltip.tsx")).HintTooltip }));

const delay = 350;

/** What the pointer rests on, of what carries `data-hint`. A key or a press is an answer: nothing more is told then. */
function useRestedOn(): HTMLElement | null {
  const [rested, setRested] = useState<HTMLElement | null>(null);
  useEffect(() => {
    let over: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = (on: Element | null) => {
      if (on === over) return;
      over = on;
      clearTimeout(timer);
      setRested(null);
      if (on instanceof HTMLElement) timer = setTimeout(() => setRested(on), delay);
    };
    const move = ({ target, pointerType }: PointerEvent) => {
      const on = target instanceof Element ? target.closest("[data-hint]") : null;
      rest(pointerType === "touch" ? null : on);
    };
    const leave = () => {
      clearTimeout(timer);
      setRested(null);
    };
    document.addEventListener("pointerover", move);
    document.addEventListener("pointerdown", leave);
    document.addEventListener("keydown", leave, { capture: true });
    document.documentElement.addEventListener("pointerleave", leave);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", move);
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("keydown", leave, { capture: true });
      document.documentElement.removeEventListener("pointerleave", leave);
    };
  }, []);
  return rested;
}

/**
 * One tooltip for the whole console. Whatever carries `data-hint` tells it when the pointer rests there, and costs nothing
 * until then: a conversation's header and composer have more than a dozen signs, and each is drawn at every switch.
 */
export function Hints() {
  const rested = useRestedOn();
  return rested?.isConnected && rested.dataset.hint ? (
    <Suspense fallback={null}>
      <Tooltip target={rested} />
    </Suspense>
  ) : null;
}
