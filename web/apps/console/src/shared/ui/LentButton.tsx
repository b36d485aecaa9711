import { type Ref, useImperativeHandle } from "react";

/** Stands in a layer for the button that was on the page before it. */
export function LentButton({ button, ref }: { button: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => button, [button]);
  return null;
}
