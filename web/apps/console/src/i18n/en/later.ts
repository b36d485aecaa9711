import * as access from "./access.ts";
import * as account from "./account.ts";
import * as admin from "./admin.ts";
import * as audit from "./audit.ts";
import * as blocking from "./blocking.ts";
import * as consent from "./consent.ts";
import * as contacts from "./contacts.ts";
import * as handover from "./handover.ts";
import * as privacy from "./privacy.ts";
import * as queue from "./queue.ts";
import * as roles from "./roles.ts";
import * as routing from "./routing.ts";
import * as settings from "./settings.ts";
import * as signIn from "./signIn.ts";

/** What administration, applications and one's own account say: it comes with their screens. */
export const later = {
  ...access,
  ...account,
  ...admin,
  ...audit,
  ...blocking,
  ...consent,
  ...contacts,
  ...handover,
  ...privacy,
  ...queue,
  ...roles,
  ...routing,
  ...settings,
  ...signIn,
};
