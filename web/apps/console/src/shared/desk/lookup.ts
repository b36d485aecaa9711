import { createStore } from "../store.ts";

/** Beside which conversation one looks something up in the knowledge, and whether one is to write there at once. */
export interface Lookup {
  readonly conversation: string;
  readonly write: boolean;
}

export const lookup = createStore<Lookup | null>(null);
