import * as inbox from "./inbox.ts";
import * as presence from "./presence.ts";
import * as shell from "./shell.ts";

/** What the first screen says, before anything is opened. */
export const first = {
  ...shell,
  ...presence,
  ...inbox,
};
