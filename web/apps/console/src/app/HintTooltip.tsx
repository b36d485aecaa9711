import { Tooltip } from "@mantine/core";

export function HintTooltip({ target }: { target: HTMLElement }) {
  const position = target.closest("nav") ? "right" : "top";
  return <Tooltip opened target={target} label={target.dataset.hint} position={position} />;
}
