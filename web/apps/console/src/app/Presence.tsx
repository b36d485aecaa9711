import { Menu, Tooltip, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { statuses, usePresence, useSetStatus } from "../shared/session/presence.ts";
import { StatusDot } from "../shared/ui/StatusDot.tsx";
import styles from "./app.module.css";

export function Presence() {
  const { t } = useTranslation();
  const { status, load, capacity } = usePresence();
  const set = useSetStatus();
  const shown = set.isPending ? set.variables : status;
  const seats = t("shell.seats", { load, capacity });
  const label = `${t("shell.status", { status: t(`presence.${shown}`) })}. ${seats}`;
  return (
    <Menu position="right-end" width={264} shadow="md" withinPortal>
      <Menu.Target>
        <Tooltip label={label} position="right">
          <UnstyledButton className={styles.presence}>
            <VisuallyHidden>{label}</VisuallyHidden>
            <StatusDot status={shown} />
            <span className={styles.seats} aria-hidden="true">
              {t("shell.seatsShort", { load, capacity })}
            </span>
            <span className={styles.gauge} aria-hidden="true">
              <span style={{ width: `${Math.min(100, (load / Math.max(1, capacity)) * 100)}%` }} />
            </span>
          </UnstyledButton>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{seats}</Menu.Label>
        {statuses.map((each) => (
          <Menu.Item
            key={each}
            leftSection={<StatusDot status={each} />}
            rightSection={each === shown ? <IconCheck size={15} aria-hidden="true" /> : null}
            onClick={() => set.mutate(each)}
          >
            <span>{t(`presence.${each}`)}</span>
            <span className={styles.menuHint}>{t(`presence.hint.${each}`)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
