import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense } from "react";

const Tooltip = lazy(() => import("./tooltip.ts"));

interface Props {
  readonly target: HTMLElement | null;
  readonly label: string;
  readonly disabled?: boolean;
}

/** The name of a sign in the navigation, for whoever has a pointer to rest on it; its code comes after the first screen. */
export function Hint({ target, label, disabled = false }: Props) {
  const hovers = useMediaQuery("(hover: hover)");
  if (!target || !hovers) return null;
  return (
    <Suspense fallback={null}>
      <Tooltip target={target} label={label} position="right" disabled={disabled} />
    </Suspense>
  );
}
