import * as account from "./account.ts";

/** What only screens say that are loaded on demand. */
export const later = { ...account };
