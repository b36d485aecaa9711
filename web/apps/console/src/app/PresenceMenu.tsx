import { Menu } from "@mantine/core";
import { IconCheck, IconCoffee, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "../i18n/translation.tsx";
import { settingsQuery } from "../shared/api/queries.ts";
import { statuses, type useSetStatus } from "../shared/session/presence.ts";
import { http } from "../shared/session/session.ts";
import { StatusDot } from "../shared/ui/StatusDot.tsx";
import type { Layer } from "../shared/ui/useLayer.ts";
import styles from "./app.module.css";
import { NavMenu } from "./NavMenu.tsx";

interface Props {
  readonly layer: Layer;
  readonly heading: string;
  /** Between two conversations, with time to write the wrap-up. */
  readonly wrapping: boolean;
  readonly shown: (typeof statuses)[number];
  readonly why: string | null;
  readonly choose: ReturnType<typeof useSetStatus>["mutate"];
}

export default function PresenceMenu({ layer, heading, wrapping, shown, why, choose }: Props) {
  const { t, i18n } = useTranslation();
  const ready = useMutation({ mutationFn: () => http("DELETE", "/v1/me/wrap-up") });
  const { data } = useQuery(settingsQuery);
  const reasons = data?.settings.break_reasons[i18n.language === "en" ? "en" : "zh-CN"] ?? [];
  const check = <IconCheck size={15} aria-hidden="true" />;
  return (
    <NavMenu layer={layer}>
      <Menu.Label>{heading}</Menu.Label>
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
          rightSection={each === shown && !why ? check : null}
          onClick={() => choose(each)}
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
          rightSection={why === each ? check : null}
          onClick={() => choose({ status: "away", reason: each })}
        >
          {each}
        </Menu.Item>
      ))}
    </NavMenu>
  );
}
