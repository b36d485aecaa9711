import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useConnection } from "../shared/live/connection.ts";
import { useMe } from "../shared/session/session.ts";

const alerts = () => import("../shared/alerts/start.ts");

/** Sound and desktop notifications while somebody is signed in. What makes them is loaded behind the first screen. */
export function useAlerts(): void {
  const connection = useConnection();
  const navigate = useNavigate();
  const { conversation } = useParams({ strict: false });
  const me = useMe();
  const latest = useRef(me);
  latest.current = me;
  useEffect(() => {
    const started = alerts().then(({ startAlerts }) =>
      startAlerts({
        connection,
        me: () => latest.current,
        open: (id) => void navigate({ to: "/inbox/$conversation", params: { conversation: id } }),
        openWaiting: () => void navigate({ to: "/inbox", search: { view: "waiting" } }),
      }),
    );
    return () => void started.then((stop) => stop());
  }, [connection, navigate]);
  useEffect(() => void alerts().then(({ show }) => show(conversation)), [conversation]);
}
