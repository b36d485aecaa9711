import { useMediaQuery } from "@mantine/hooks";

/** Two panes fit. */
export const useMedium = () =>
  useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false }) ?? true;
/** Three panes fit. */
export const useWide = () =>
  useMediaQuery("(min-width: 75em)", true, { getInitialValueInEffect: false }) ?? true;
