import { useId, useState } from "react";

/** What a button of the navigation opens: its code follows the first screen, the button is there at once. */
export interface Layer {
  readonly id: string;
  readonly opened: boolean;
  readonly change: (opened: boolean) => void;
  readonly button: HTMLElement | null;
}

export function useLayer(popup: "menu" | "dialog") {
  const id = useId();
  const [opened, change] = useState(false);
  const [button, setButton] = useState<HTMLElement | null>(null);
  const layer: Layer = { id, opened, change, button };
  const toButton = {
    id,
    ref: setButton,
    "aria-haspopup": popup,
    "aria-expanded": opened,
    // the name that Mantine gives to what hangs on this id
    "aria-controls": opened ? `${id}-dropdown` : undefined,
  };
  return { layer, toButton };
}
