import { type FrontdeskApi, mount } from "@frontdesk/embed";
import { useEffect, useState } from "react";

/** Where your Frontdesk answers, and the channel's code: in `.env`, as VITE_FRONTDESK and VITE_CHANNEL. */
const { VITE_FRONTDESK: origin, VITE_CHANNEL: channel } = import.meta.env;

/** A chat in the page; each time it is put there it is another one, without the listeners of the former. */
export interface Chat {
  readonly desk: FrontdeskApi;
}

/** The chat, in the page for as long as it is wanted; null until its script has come. */
export function useChat(wanted: boolean, identity: string | undefined): Chat | null {
  const [chat, setChat] = useState<Chat | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const mounted = mount({ origin, channel, ...(identity ? { identity } : {}) });
    mounted.ready.then(
      (desk) => setChat({ desk }),
      () => undefined,
    );
    return () => {
      setChat(null);
      mounted.unmount();
    };
  }, [wanted, identity]);
  return chat;
}
