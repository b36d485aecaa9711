import { createStore } from "../shared/store.ts";

/** Which of the two dialogs that belong to every screen is open. */
export const sheet = createStore<"shortcuts" | "palette" | null>(null);

export const openSheet = () => sheet.set("shortcuts");
