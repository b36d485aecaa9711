import type { Me } from "@frontdesk/api";
import type { Connection } from "@frontdesk/realtime";
import { told } from "../../i18n/en/alerts.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { entries } from "./entries.ts";
import { pressing } from "./pressing.ts";
import { listenForTouch } from "./ringing.ts";
import { tellOthers } from "./sight.ts";
import { unlockSound } from "./sound.ts";

export { show } from "./sight.ts";

addEnglish({ told });

/** What is listened to, for whom, and where a click leads. */
export interface Ears {
  readonly connection: Connection;
  readonly me: () => Me;
  readonly open: (conversation: string) => void;
  readonly openWaiting: () => void;
}

/** Tells what arrives while the connection is up; catching up after a pause is silent. */
export function startAlerts(ears: Ears): () => void {
  const stops = [
    unlockSound(),
    listenForTouch(),
    tellOthers(),
    ...entries(ears),
    ...pressing(ears),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
