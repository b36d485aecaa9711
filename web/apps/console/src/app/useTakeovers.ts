import { useEffect } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { useConnection } from "../shared/live/connection.ts";
import { chime } from "../shared/live/notify.ts";
import { useMe } from "../shared/session/session.ts";
import { notice } from "../shared/ui/notices.ts";

/** Says it to the agent when somebody has taken a conversation from them: it has left their list by then. */
export function useTakeovers(): void {
  const { t } = useTranslation();
  const connection = useConnection();
  const me = useMe().agent.id;
  useEffect(
    () =>
      connection.on("entry", ({ conversation: id, entry }) => {
        if (entry.kind !== "assigned" || entry.body.reason !== "taken_over") return;
        const held = connection.state.conversations[id];
        const before = held?.entries.findLast(
          ({ kind, seq }) => kind === "assigned" && seq < entry.seq,
        );
        if (!held || before?.kind !== "assigned" || before.body.agent.id !== me) return;
        const { name } = held.snapshot.contact;
        chime("conversation");
        notice({
          message: t("supervising.takenFrom", { by: entry.body.agent.name, name }),
          closeButtonProps: { "aria-label": t("common.close") },
        });
      }),
    [connection, me, t],
  );
}
