import * as access from "./access.ts";
import * as admin from "./admin.ts";
import * as contacts from "./contacts.ts";
import * as conversation from "./conversation.ts";
import * as desk from "./desk.ts";
import * as privacy from "./privacy.ts";
import * as roles from "./roles.ts";
import * as shell from "./shell.ts";
import * as supervising from "./supervising.ts";

export const en = {
  ...shell,
  ...conversation,
  ...desk,
  ...contacts,
  ...admin,
  ...roles,
  ...access,
  ...supervising,
  ...privacy,
};
