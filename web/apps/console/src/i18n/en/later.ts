import * as access from "./access.ts";
import * as account from "./account.ts";
import * as admin from "./admin.ts";
import * as alerts from "./alerts.ts";
import * as audit from "./audit.ts";
import * as blocking from "./blocking.ts";
import * as bulk from "./bulk.ts";
import * as cards from "./cards.ts";
import * as codes from "./codes.ts";
import * as commands from "./commands.ts";
import * as consent from "./consent.ts";
import * as contacts from "./contacts.ts";
import * as departments from "./departments.ts";
import * as filters from "./filters.ts";
import * as handover from "./handover.ts";
import * as lookup from "./lookup.ts";
import * as macros from "./macros.ts";
import * as merging from "./merging.ts";
import * as panels from "./panels.ts";
import * as privacy from "./privacy.ts";
import * as quality from "./quality.ts";
import * as queue from "./queue.ts";
import * as reviewing from "./reviewing.ts";
import * as roles from "./roles.ts";
import * as routing from "./routing.ts";
import * as settings from "./settings.ts";
import * as signIn from "./signIn.ts";
import * as snoozing from "./snoozing.ts";
import { talk } from "./talk.ts";
import * as tickets from "./tickets.ts";
import * as webhooks from "./webhooks.ts";
import * as wrapUp from "./wrapUp.ts";

/** Everything else: administration, applications, one's own account. It comes with their screens. */
export const later = {
  ...access,
  ...account,
  ...admin,
  ...alerts,
  ...audit,
  ...blocking,
  ...bulk,
  ...cards,
  ...consent,
  ...codes,
  ...commands,
  ...contacts,
  ...departments,
  ...filters,
  ...handover,
  ...lookup,
  ...macros,
  ...merging,
  ...panels,
  ...privacy,
  ...quality,
  ...queue,
  ...reviewing,
  ...roles,
  ...routing,
  ...settings,
  ...signIn,
  ...snoozing,
  ...talk,
  ...tickets,
  ...webhooks,
  ...wrapUp,
};
