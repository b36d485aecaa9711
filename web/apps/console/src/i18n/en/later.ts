import * as access from "./access.ts";
import * as account from "./account.ts";
import * as admin from "./admin.ts";
import * as audit from "./audit.ts";
import * as blocking from "./blocking.ts";
import * as handover from "./handover.ts";
import * as queue from "./queue.ts";
import * as roles from "./roles.ts";
import * as settings from "./settings.ts";

/** What administration, applications and one's own account say: it comes with their screens. */
export const later = {
  ...access,
  ...account,
  ...admin,
  ...audit,
  ...blocking,
  ...handover,
  ...queue,
  ...roles,
  ...settings,
};
