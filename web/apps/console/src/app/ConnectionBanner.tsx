import { Button } from "@mantine/core";
import { IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { useNow } from "../shared/live/clock.ts";
import { useConnection, useStatus } from "../shared/live/connection.ts";
import styles from "./app.module.css";

/** A moment's pause is nobody's business; only what lasts is shown. */
function useLasting(up: boolean): boolean {
  const [down, setDown] = useState(false);
  useEffect(() => {
    if (up) return setDown(false);
    const timer = setTimeout(() => setDown(true), 1200);
    return () => clearTimeout(timer);
  }, [up]);
  return down && !up;
}

function Words() {
  const { t } = useTranslation();
  const now = useNow();
  const { phase, retry_at, reason } = useStatus();
  const seconds = Math.ceil(((retry_at ?? 0) - now) / 1000);
  if (phase === "offline") return t("connection.offline");
  if (phase === "waiting")
    return seconds > 1 ? t("connection.waiting", { seconds }) : t("connection.waitingNow");
  if (phase === "stopped")
    return /4409|replaced/.test(reason ?? "") ? t("connection.replaced") : t("connection.stopped");
  return t(phase === "syncing" ? "connection.syncing" : "connection.connecting");
}

export function ConnectionBanner() {
  const { t } = useTranslation();
  const connection = useConnection();
  const { phase } = useStatus();
  const down = useLasting(phase === "online");
  const trying = phase === "connecting" || phase === "syncing";
  return (
    <div role="status" className={styles.bannerPlace}>
      {down ? (
        <div className={styles.banner} data-trying={trying || undefined}>
          {trying ? <IconPlugConnected size={16} /> : <IconPlugConnectedX size={16} />}
          <span>
            <Words />
          </span>
          {trying ? null : (
            <Button variant="white" size="compact-xs" onClick={() => connection.reconnectNow()}>
              {t("connection.now")}
            </Button>
          )}
        </div>
      ) : null}
    </div>
  );
}
