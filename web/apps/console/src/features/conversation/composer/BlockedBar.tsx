import type { Snapshot } from "@frontdesk/realtime";
import { Button } from "@mantine/core";
import { IconEye, IconLock } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { can } from "../../../shared/session/permissions.ts";
import { useSetStatus } from "../../../shared/session/presence.ts";
import { useMe } from "../../../shared/session/session.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import { Supervising } from "../supervising/Supervising.tsx";
import type { Blocked } from "./blocked.ts";
import styles from "./composer.module.css";

/** Says why one cannot answer, and offers the way out where there is one. */
export function BlockedBar({ snapshot, blocked }: { snapshot: Snapshot; blocked: Blocked }) {
  const { t } = useTranslation();
  const me = useMe();
  const action = useConversationAction(snapshot.id);
  const status = useSetStatus();
  const failure = useFailure();
  const name = snapshot.agent?.name ?? t("conversation.system.somebody");
  const Icon = blocked === "other" || blocked === "bot" ? IconEye : IconLock;
  return (
    <div className={styles.blocked}>
      <Icon size={15} aria-hidden="true" />
      <span>{t(`composer.disabled.${blocked}`, { name })}</span>
      {blocked === "waiting" && can(me, "conversation.take") ? (
        <Button
          size="compact-sm"
          loading={action.isPending}
          onClick={() => action.mutate({ do: "take" }, { onError: failure.show })}
        >
          {t("composer.takeIt")}
        </Button>
      ) : null}
      {blocked === "other" && can(me, "conversation.supervise") ? (
        <Supervising snapshot={snapshot} />
      ) : null}
      {blocked === "offline" ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={status.isPending}
          onClick={() => status.mutate("online")}
        >
          {t("composer.goOnline")}
        </Button>
      ) : null}
    </div>
  );
}
