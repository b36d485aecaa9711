import { type FrontdeskApi, mount } from "@frontdesk/embed";
import { useEffect, useState } from "react";

/** Where your Frontdesk answers, and the channel's code: in `.env`, as VITE_FRONTDESK and VITE_CHANNEL. */
const { VITE_FRONTDESK: origin, VITE_CHANNEL: channel } = import.meta.env;

/** The chat, in the page for as long as it is wanted; null until its script has come. */
export function useChat(wanted: boolean, identity: string | undefined): FrontdeskApi | null {
  const [desk, setDesk] = useState<FrontdeskApi | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const chat = mount({ origin, channel, ...(identity ? { identity } : {}) });
    chat.ready.then(setDesk, () => undefined);
    return () => {
      setDesk(null);
      chat.unmount();
    };
  }, [wanted, identity]);
  return desk;
}
