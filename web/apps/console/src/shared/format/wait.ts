/** Beyond these a wait is called long, and too long. */
const soon = 60_000;
const late = 180_000;

/** How long a customer has waited already, in a word; nothing while it is short. */
export const waitLevel = (waited: number): "soon" | "late" | undefined =>
  waited > late ? "late" : waited > soon ? "soon" : undefined;
