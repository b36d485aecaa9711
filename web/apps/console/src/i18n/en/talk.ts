import * as conversation from "./conversation.ts";
import * as desk from "./desk.ts";
import * as supervising from "./supervising.ts";
import * as translation from "./translation.ts";

/** What an open conversation and the customer beside it say, and whatever shows one of them. */
export const talk = { ...conversation, ...desk, ...supervising, ...translation };
