import { useEffect } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { tell } from "../shared/alerts/tell.ts";
import { useConnection } from "../shared/live/connection.ts";
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
        const message = t("supervising.takenFrom", { by: entry.body.agent.name, name });
        tell({ kind: "conversation", tag: id, title: message, body: "", open: () => undefined });
        notice({
          message,
          closeButtonProps: { "aria-label": t("common.close") },
        });
      }),
    [connection, me, t],
  );
}
