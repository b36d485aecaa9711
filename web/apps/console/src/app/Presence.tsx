import { Menu, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconCheck, IconCoffee, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { settingsQuery } from "../shared/api/queries.ts";
import { useNow } from "../shared/live/clock.ts";
import {
  reasonIn,
  secondsOf,
  statuses,
  usePresence,
  useSetStatus,
} from "../shared/session/presence.ts";
import { http } from "../shared/session/session.ts";
import { StatusDot } from "../shared/ui/StatusDot.tsx";
import { Tick } from "../shared/ui/Tick.tsx";
import styles from "./app.module.css";

/** My state: who is away says why, and sees for how long. */
export function Presence() {
  const { t, i18n } = useTranslation();
  const { status, load, capacity, since, reason, wraps } = usePresence();
  const left = secondsOf(wraps, useNow());
  const ready = useMutation({ mutationFn: () => http("DELETE", "/v1/me/wrap-up") });
  const set = useSetStatus();
  const [opened, setOpened] = useState(false);
  const { data } = useQuery(settingsQuery);
  const reasons = data?.settings.break_reasons[i18n.language === "en" ? "en" : "zh-CN"] ?? [];
  const wanted = set.isPending ? set.variables : status;
  const shown = typeof wanted === "string" ? wanted : wanted.status;
  const why = typeof wanted === "string" ? reason : wanted.reason;
  const seats = t("shell.seats", { load, capacity });
  const named =
    shown === "away" && why
      ? `${t("presence.away")} · ${reasonIn(t, why)}`
      : t(`presence.${shown}`);
  const wrapping = left > 0 ? t("presence.wrapping", { seconds: left }) : null;
  const label = `${t("shell.status", { status: named })}. ${wrapping ?? seats}`;
  const check = <IconCheck size={15} aria-hidden="true" />;
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="right-end"
      width={264}
      shadow="md"
      withinPortal
    >
      <Menu.Target>
        <Tooltip label={label} position="right" disabled={opened}>
          <UnstyledButton className={styles.presence}>
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
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{wrapping ?? seats}</Menu.Label>
        {wrapping ? (
          <Menu.Item
            leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
            onClick={() => ready.mutate()}
          >
            {t("presence.ready")}
          </Menu.Item>
        ) : null}
        {statuses.map((each) => (
          <Menu.Item
            key={each}
            leftSection={<StatusDot status={each} />}
            rightSection={each === shown && !(each === "away" && why) ? check : null}
            onClick={() => set.mutate(each)}
          >
            <span>{t(`presence.${each}`)}</span>
            <span className={styles.menuHint}>{t(`presence.hint.${each}`)}</span>
          </Menu.Item>
        ))}
        {reasons.length ? <Menu.Label>{t("presence.break")}</Menu.Label> : null}
        {reasons.map((each) => (
          <Menu.Item
            key={each}
            leftSection={<IconCoffee size={15} aria-hidden="true" />}
            rightSection={shown === "away" && why === each ? check : null}
            onClick={() => set.mutate({ status: "away", reason: each })}
          >
            {each}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
