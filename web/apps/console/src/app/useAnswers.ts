import { useEffect } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { useConnection } from "../shared/live/connection.ts";
import { notice } from "../shared/ui/notices.ts";

/** Says what a colleague answered who was asked to go on with a conversation, or to join it. */
export function useAnswers(): void {
  const { t } = useTranslation();
  const connection = useConnection();
  useEffect(
    () =>
      connection.on("transfer", ({ state, purpose, to: { name }, reason }) => {
        if (state === "asked" || state === "withdrawn") return;
        const why = state === "declined" && reason ? "declinedWhy" : state;
        notice({
          message: t(`asking.${purpose}.${why}`, { name, reason }),
          color: state === "accepted" ? "tide" : "orange",
          closeButtonProps: { "aria-label": t("common.close") },
        });
      }),
    [connection, t],
  );
}
