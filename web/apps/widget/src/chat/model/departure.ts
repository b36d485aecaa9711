import type { Host, HostWishes } from "./host.ts";
import { forgetOutbox } from "./outbox.ts";
import { type Personal, subjectOf } from "./personal.ts";

/** Waiting for the server, or for a database that another tab still holds open, must not keep anybody from signing out. */
const PATIENCE = 3_000;

/** The same visitor's other tabs; null where the browser does not let them hear of each other. */
function others(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}

/**
 * Another person, or nobody any more. Nothing is changed in place: storage is put in order and the page begins anew, so
 * that no variable can still know the former visitor.
 */
export function createDeparture(options: {
  channel: string;
  host: Pick<Host, "tell">;
  storage: Personal;
  /** Ends everything that could still write: the connection, requests under way. */
  stop(): void;
  /** Ends the session on the server, too. */
  end(): Promise<void>;
  reload?: () => void;
}): HostWishes {
  const { channel, host, storage, stop, end, reload = () => location.reload() } = options;
  const tabs = others(`frontdesk.${channel}`);

  async function forget(): Promise<void> {
    stop();
    const work = [end(), ...storage.forget(channel).map(forgetOutbox)];
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([Promise.allSettled(work), late]);
    host.tell({ type: "left" });
  }

  // Each tab forgets for itself: what it was just writing may have come after the first one's sweep.
  tabs?.addEventListener("message", () => void forget().then(reload));

  return {
    identify(token) {
      if (subjectOf(token) === storage.person) return;
      stop();
      reload();
    },
    logout() {
      tabs?.postMessage("left");
      void forget().then(reload);
    },
  };
}
