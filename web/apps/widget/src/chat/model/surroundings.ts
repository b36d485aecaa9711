import type { Language, Translate } from "../i18n/i18n.ts";
import type { connect } from "./connect.ts";
import type { Host } from "./host.ts";
import type { Personal } from "./personal.ts";

/** Where a chat stands. Without `ask` and `line` it speaks with the server of `origin`. */
export interface Surroundings {
  origin: string;
  channel: string;
  language: Language;
  t: Translate;
  host: Host;
  storage: Personal;
  ask?: typeof fetch | undefined;
  line?: typeof connect | undefined;
}
