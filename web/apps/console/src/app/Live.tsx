import type { Connection } from "@frontdesk/realtime";
import { type ReactNode, useEffect, useState } from "react";
import { ConnectionContext, openConnection } from "../shared/live/connection.ts";
import { useMe } from "../shared/session/session.ts";

/** Holds the line to the server open for as long as somebody is signed in. */
export function Live({ children }: { children: ReactNode }) {
  const me = useMe().agent.id;
  const [connection, setConnection] = useState<Connection | null>(null);
  useEffect(() => {
    const opened = openConnection(me);
    opened.start();
    setConnection(opened);
    return () => opened.stop();
  }, [me]);
  if (!connection) return null;
  return <ConnectionContext value={connection}>{children}</ConnectionContext>;
}
