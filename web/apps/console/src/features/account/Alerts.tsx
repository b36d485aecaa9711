import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { useStatus } from "../../shared/live/connection.ts";
import {
  askForNotifications,
  chime,
  setSound,
  soundPlays,
  testNotification,
  useNotificationPermission,
  useSound,
} from "../../shared/live/notify.ts";
import { Push } from "./Push.tsx";

function Line({ name, state, children }: { name: string; state: string; children?: ReactNode }) {
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <strong>{name}</strong>
        <small role="status">{state}</small>
      </span>
      {children}
    </li>
  );
}

type Tried = "trying" | "shown" | "failed";

/** Whether each way of being told works here: tried, not believed. */
export function Alerts() {
  const { t } = useTranslation();
  const sound = useSound();
  const permission = useNotificationPermission();
  const { phase } = useStatus();
  const [played, setPlayed] = useState<boolean | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  const play = () => {
    chime("conversation");
    setPlayed(soundPlays());
  };
  const show = async () => {
    setTried("trying");
    const shown = await testNotification(t("alerts.sample"), t("alerts.sampleBody"));
    setTried(shown ? "shown" : "failed");
  };
  const heard = played === false ? t("alerts.soundLocked") : t("alerts.soundOn");
  return (
    <section className={styles.section}>
      <h2>{t("alerts.title")}</h2>
      <p>{t("alerts.hint")}</p>
      <ul className={styles.rows}>
        <Line
          name={t("alerts.line")}
          state={t(phase === "online" ? "alerts.online" : "alerts.offline")}
        />
        <Line name={t("alerts.sound")} state={sound ? heard : t("alerts.soundOff")}>
          <Button size="compact-sm" variant="default" onClick={sound ? play : () => setSound(true)}>
            {t(sound ? "alerts.play" : "alerts.turnOn")}
          </Button>
        </Line>
        <Line
          name={t("alerts.desktop")}
          state={t(permission === "granted" && tried ? `alerts.${tried}` : `alerts.${permission}`)}
        >
          {permission === "default" ? (
            <Button size="compact-sm" variant="default" onClick={() => void askForNotifications()}>
              {t("alerts.ask")}
            </Button>
          ) : null}
          {permission === "granted" ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={tried === "trying"}
              onClick={() => void show()}
            >
              {t("alerts.try")}
            </Button>
          ) : null}
        </Line>
        <Push />
      </ul>
    </section>
  );
}
