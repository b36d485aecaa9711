import * as account from "./account.ts";
import * as admin from "./admin.ts";
import * as audit from "./audit.ts";
import * as blocking from "./blocking.ts";
import * as handover from "./handover.ts";
import * as queue from "./queue.ts";
import * as routing from "./routing.ts";

/** What the screens of administration and of one's own account say: it comes with them. */
export const later = {
  ...account,
  ...admin,
  ...audit,
  ...blocking,
  ...handover,
  ...queue,
  ...routing,
};
