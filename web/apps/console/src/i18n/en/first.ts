import * as conversation from "./conversation.ts";
import * as desk from "./desk.ts";
import * as presence from "./presence.ts";
import * as shell from "./shell.ts";
import * as supervising from "./supervising.ts";

/** What the first screen says. */
export const first = {
  ...shell,
  ...presence,
  ...conversation,
  ...desk,
  ...supervising,
};
