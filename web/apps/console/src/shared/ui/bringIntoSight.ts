/** A ref for what is chosen in a row that may be longer than its place. */
export const bringIntoSight = (chosen: Element | null) =>
  chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
