import type { ConversationView } from "@frontdesk/api";
import { Button } from "@mantine/core";
import {
  IconAlarm,
  IconArchive,
  IconArmchair,
  IconAt,
  IconCoffee,
  IconFilter,
  IconMessages,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { usePresence, useSetStatus } from "../../shared/session/presence.ts";
import { Nothing } from "../../shared/ui/Nothing.tsx";

const icons = {
  mine: IconCoffee,
  snoozed: IconAlarm,
  waiting: IconArmchair,
  team: IconUsersGroup,
  all: IconMessages,
  closed: IconArchive,
  mentions: IconAt,
  filter: IconFilter,
} as const;

export function EmptyView({ view }: { view: ConversationView | "filter" }) {
  const { t } = useTranslation();
  const { status } = usePresence();
  const set = useSetStatus();
  const Icon = icons[view];
  const icon = <Icon size={26} stroke={1.6} />;
  if (view === "mine" && status !== "online") {
    return (
      <Nothing
        icon={icon}
        title={t("inbox.empty.mineOffline")}
        action={
          <Button size="xs" loading={set.isPending} onClick={() => set.mutate("online")}>
            {t("inbox.goOnline")}
          </Button>
        }
      >
        {t("inbox.empty.mineOfflineHint")}
      </Nothing>
    );
  }
  return (
    <Nothing icon={icon} title={t(`inbox.empty.${view}`)}>
      {t(`inbox.empty.${view}Hint`)}
    </Nothing>
  );
}
