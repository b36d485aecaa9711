import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { useNow } from "../shared/live/clock.ts";
import { reasonIn, secondsOf, usePresence, useSetStatus } from "../shared/session/presence.ts";
import { StatusDot } from "../shared/ui/StatusDot.tsx";
import { Tick } from "../shared/ui/Tick.tsx";
import { useLayer } from "../shared/ui/useLayer.ts";
import styles from "./app.module.css";

const PresenceMenu = lazy(() => import("./PresenceMenu.tsx"));

/** My state: who is away says why, and sees for how long. */
export function Presence() {
  const { t } = useTranslation();
  const { status, load, capacity, since, reason, wraps } = usePresence();
  const left = secondsOf(wraps, useNow());
  const set = useSetStatus();
  const { layer, toButton } = useLayer("menu");
  const wanted = set.isPending ? set.variables : status;
  const shown = typeof wanted === "string" ? wanted : wanted.status;
  const why = (shown === "away" && (typeof wanted === "string" ? reason : wanted.reason)) || null;
  const seats = t("shell.seats", { load, capacity });
  const named = why ? `${t("presence.away")} · ${reasonIn(t, why)}` : t(`presence.${shown}`);
  const wrapping = left > 0 ? t("presence.wrapping", { seconds: left }) : null;
  const label = `${t("shell.status", { status: named })}. ${wrapping ?? seats}`;
  return (
    <>
      <UnstyledButton
        {...toButton}
        className={styles.presence}
        data-hint={layer.opened ? undefined : label}
        onClick={() => layer.change(!layer.opened)}
      >
        <VisuallyHidden>{label}</VisuallyHidden>
        <StatusDot status={shown} />
        <span className={styles.seats} aria-hidden="true">
          {left > 0 ? (
            `${left} s`
          ) : shown === "away" ? (
            <Tick since={since} />
          ) : (
            t("shell.seatsShort", { load, capacity })
          )}
        </span>
        <span className={styles.gauge} aria-hidden="true">
          <span style={{ width: `${Math.min(100, (load / Math.max(1, capacity)) * 100)}%` }} />
        </span>
      </UnstyledButton>
      <Suspense fallback={null}>
        <PresenceMenu
          layer={layer}
          heading={wrapping ?? seats}
          wrapping={wrapping !== null}
          shown={shown}
          why={why}
          choose={set.mutate}
        />
      </Suspense>
    </>
  );
}
