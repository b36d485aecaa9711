import type { Macro } from "@frontdesk/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { loadConversation } from "../../../shared/api/conversations.ts";
import { useConnection } from "../../../shared/live/connection.ts";
import { runMacro } from "../../../shared/macros/macros.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import { notice } from "../../../shared/ui/notices.ts";

/** Runs a macro on a conversation and shows what came of it; `done` when nothing was refused. */
export function useRun(conversation: string, done: () => void) {
  const { t } = useTranslation();
  const connection = useConnection();
  const queries = useQueryClient();
  const failure = useFailure();
  return useMutation({
    mutationFn: (macro: Macro) => runMacro(macro.id, conversation),
    onError: failure.show,
    onSuccess: async (ran, { name, steps }) => {
      // Whoever handed it on may no longer read it.
      await loadConversation(connection, conversation).catch(() => undefined);
      if (!ran?.steps.every(({ outcome }) => outcome === "done")) return;
      notice({ message: t("macros.done", { name, count: steps.length }) });
      done();
    },
    onSettled: () =>
      Promise.all(
        ["conversations", "conversation-tags", "contact"].map((topic) =>
          queries.invalidateQueries({ queryKey: [topic] }),
        ),
      ),
  });
}
