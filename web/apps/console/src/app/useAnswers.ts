import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { tell } from "../shared/alerts/tell.ts";
import { useConnection } from "../shared/live/connection.ts";
import { notice } from "../shared/ui/notices.ts";

/** Says what a colleague answered who was asked to go on with a conversation, or to join it. */
export function useAnswers(): void {
  const { t } = useTranslation();
  const connection = useConnection();
  const navigate = useNavigate();
  useEffect(
    () =>
      connection.on("transfer", ({ conversation, state, purpose, to: { name }, reason }) => {
        if (state === "asked" || state === "withdrawn") return;
        const why = state === "declined" && reason ? "declinedWhy" : state;
        const message = t(`asking.${purpose}.${why}`, { name, reason });
        tell({
          kind: "answer",
          conversation,
          tag: `answer-${conversation}`,
          title: message,
          body: "",
          open: () => void navigate({ to: "/inbox/$conversation", params: { conversation } }),
        });
        notice({
          message,
          color: state === "accepted" ? "tide" : "orange",
          closeButtonProps: { "aria-label": t("common.close") },
        });
      }),
    [connection, navigate, t],
  );
}
