import {
  type Connection,
  type ConnectionStatus,
  createConnection,
  indexedDbOutbox,
  type RealtimeState,
} from "@frontdesk/realtime";
import { createContext, useContext, useRef, useSyncExternalStore } from "react";
import { realtimeToken } from "../session/session.ts";
import { createStore, useStore } from "../store.ts";

export const ConnectionContext = createContext<Connection | null>(null);

/** What the server takes, as it says on every connection; nothing is refused here before it has said so. */
export interface Limits {
  readonly max_text: number;
  readonly max_upload: number;
}
const limits = createStore<Limits>({
  max_text: Number.POSITIVE_INFINITY,
  max_upload: Number.POSITIVE_INFINITY,
});
export const useLimits = () => useStore(limits);

/** One line to the server for the whole application; what is unsent belongs to this person. */
export function openConnection(agentId: string): Connection {
  const connection = createConnection({
    url: location.origin,
    token: realtimeToken,
    outbox: indexedDbOutbox(`frontdesk.outbox.${agentId}`),
    device: crypto.randomUUID(),
    client: { name: "console", version: "0" },
  });
  connection.on("welcome", (frame) => limits.set(frame.limits));
  return connection;
}

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error("no connection above this component");
  return connection;
}

/**
 * Watches one part of the live state. The part is compared by identity, so a selector must return something that is
 * held in the state, or a plain value: never a fresh object.
 */
export function useLive<T>(select: (state: RealtimeState) => T): T {
  const connection = useConnection();
  const latest = useRef(select);
  latest.current = select;
  return useSyncExternalStore(connection.subscribe, () => latest.current(connection.state));
}

export function useConversation(id: string) {
  return useLive((state) => state.conversations[id]);
}

export function usePending() {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, () => connection.pending);
}

export function useStatus(): ConnectionStatus {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, () => connection.status);
}
