import type { TagColor } from "@frontdesk/api";

export const colors = [
  "gray",
  "red",
  "orange",
  "yellow",
  "green",
  "teal",
  "blue",
  "violet",
] as const satisfies readonly TagColor[];

/** A new tag gets the colour that is used least, so that neighbours differ. */
export function freshColor(used: readonly TagColor[]): TagColor {
  const count = (color: TagColor) => used.filter((each) => each === color).length;
  return colors.slice(1).reduce((best, color) => (count(color) < count(best) ? color : best));
}
