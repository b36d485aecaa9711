import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useConnection } from "../live/connection.ts";
import { renewMe } from "../session/session.ts";
import { renew } from "./renew.ts";

/** Refetches what the server says has changed, and everything once the connection is back. */
export function useChanges(): void {
  const connection = useConnection();
  const queries = useQueryClient();
  useEffect(() => {
    let ready = false;
    const refetch = (...queryKey: string[]) => void renew(queries, queryKey);
    const stops = [
      connection.on("changed", ({ topic, id }) => {
        refetch(...(id ? [topic, id] : [topic]));
        if (topic === "roles" || topic === "organization") void renewMe().catch(() => undefined);
      }),
      connection.on("waiting", () => refetch("conversations", "waiting")),
      connection.on("ready", () => {
        // First what one may still do: what is not shown any more is not asked for.
        if (ready)
          void renewMe()
            .catch(() => undefined)
            .then(() => refetch());
        ready = true;
      }),
      connection.on("entry", ({ entry }) => {
        if (entry.kind === "closed") refetch("conversations", "closed");
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection, queries]);
}
