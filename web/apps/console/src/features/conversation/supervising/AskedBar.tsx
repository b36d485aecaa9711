import { Button } from "@mantine/core";
import { IconArrowForwardUp, IconUserPlus } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { useNow } from "../../../shared/live/clock.ts";
import { useLive } from "../../../shared/live/connection.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import styles from "./supervising.module.css";

/** While a colleague thinks about it: whom one has asked, how long they have, and the way back. */
export function AskedBar({ conversation }: { conversation: string }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(conversation);
  const asked = useLive((state) => state.asked[conversation]);
  const now = useNow();
  if (!asked) return null;
  const Icon = asked.purpose === "join" ? IconUserPlus : IconArrowForwardUp;
  const back =
    asked.purpose === "join"
      ? ({ do: "dismiss", agent_id: asked.to.id } as const)
      : ({ do: "withdraw" } as const);
  const seconds = Math.max(0, Math.ceil((asked.expires_at - now) / 1000));
  return (
    <div className={styles.asked} role="status">
      <Icon size={16} aria-hidden="true" />
      <span>{t(`asking.${asked.purpose}.asked`, { name: asked.to.name })}</span>
      <small aria-hidden="true">{t("asking.left", { seconds })}</small>
      <Button
        size="compact-sm"
        variant="default"
        loading={action.isPending}
        onClick={() => action.mutate(back, { onError: failure.show })}
      >
        {t("asking.withdraw")}
      </Button>
    </div>
  );
}
