import * as account from "./account.ts";
import * as audit from "./audit.ts";
import * as queue from "./queue.ts";

/** What only screens say that are loaded on demand. */
export const later = { ...account, ...audit, ...queue };
