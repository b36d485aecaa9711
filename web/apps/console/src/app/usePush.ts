import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { useConnection } from "../shared/live/connection.ts";
import { http, useMe } from "../shared/session/session.ts";
import { storage } from "../shared/storage.ts";

/** What push needs while somebody is signed in. It is loaded behind the first screen, and given what it needs of it. */
export function usePush(): void {
  const connection = useConnection();
  const navigate = useNavigate();
  const { language } = useTranslation().i18n;
  const me = useMe().agent.id;
  useEffect(() => {
    const open = (conversation: string) =>
      void navigate({ to: "/inbox/$conversation", params: { conversation } });
    const started = import("../shared/push/start.ts").then(({ startPush }) =>
      startPush({ me, language, connection, open, http, storage }),
    );
    return () => void started.then((stop) => stop());
  }, [connection, me, language, navigate]);
}
