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
import * as conversation from "./conversation.ts";
import * as departments from "./departments.ts";
import * as desk from "./desk.ts";
import * as filters from "./filters.ts";
import * as handover from "./handover.ts";
import * as inbox from "./inbox.ts";
import * as lookup from "./lookup.ts";
import * as macros from "./macros.ts";
import * as merging from "./merging.ts";
import * as panels from "./panels.ts";
import * as presence from "./presence.ts";
import * as privacy from "./privacy.ts";
import * as quality from "./quality.ts";
import * as queue from "./queue.ts";
import * as reviewing from "./reviewing.ts";
import * as roles from "./roles.ts";
import * as routing from "./routing.ts";
import * as settings from "./settings.ts";
import * as shell from "./shell.ts";
import * as signIn from "./signIn.ts";
import * as snoozing from "./snoozing.ts";
import * as supervising from "./supervising.ts";
import * as tickets from "./tickets.ts";
import * as translation from "./translation.ts";
import * as webhooks from "./webhooks.ts";
import * as wrapUp from "./wrapUp.ts";

export const zhCN = {
  ...shell,
  ...inbox,
  ...codes,
  ...commands,
  ...presence,
  ...signIn,
  ...conversation,
  ...departments,
  ...desk,
  ...contacts,
  ...admin,
  ...alerts,
  ...settings,
  ...roles,
  ...audit,
  ...blocking,
  ...bulk,
  ...cards,
  ...filters,
  ...handover,
  ...lookup,
  ...macros,
  ...merging,
  ...access,
  ...consent,
  ...account,
  ...snoozing,
  ...supervising,
  ...wrapUp,
  ...panels,
  ...privacy,
  ...quality,
  ...queue,
  ...reviewing,
  ...routing,
  ...tickets,
  ...translation,
  ...webhooks,
};
