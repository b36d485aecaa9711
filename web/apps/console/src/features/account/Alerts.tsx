import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import {
  askForNotifications,
  testNotification,
  useNotificationPermission,
} from "../../shared/alerts/desktop.ts";
import { changeRules, useRules } from "../../shared/alerts/rules.ts";
import { isHeard, play } from "../../shared/alerts/sound.ts";
import { useStatus } from "../../shared/live/connection.ts";
import own from "./account.module.css";
import { Push } from "./Push.tsx";

function Line({ name, state, children }: { name: string; state: string; children?: ReactNode }) {
  return (
    <li className={own.rule}>
      <span className={own.what}>
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
  const { sound } = useRules();
  const permission = useNotificationPermission();
  const { phase } = useStatus();
  const [played, setPlayed] = useState<boolean | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  const hear = () => {
    play("conversation");
    setPlayed(isHeard());
  };
  const show = async () => {
    setTried("trying");
    const shown = await testNotification(t("alerts.sample"), t("alerts.sampleBody"));
    setTried(shown ? "shown" : "failed");
  };
  const turnOn = () => {
    changeRules({ sound: true });
    hear();
  };
  const heard =
    played === null ? t("alerts.soundOn") : t(played ? "alerts.played" : "alerts.soundLocked");
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
          <Button size="compact-sm" variant="default" onClick={sound ? hear : turnOn}>
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
