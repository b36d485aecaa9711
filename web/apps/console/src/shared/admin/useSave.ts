import type { Method } from "@frontdesk/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { http } from "../session/session.ts";
import { useFailure } from "../ui/failure.ts";
import { notice } from "../ui/notices.ts";

export interface Change {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
}

/**
 * Changes, one after another, then what is shown of it; says so, or says why not. `after` gets the last answer. A callback of
 * `mutate` would not: it is forgotten with the dialog that `after` closes.
 */
export function useSave(topic: string, after?: (answer: unknown) => void) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const failure = useFailure();
  return useMutation({
    mutationFn: async (changes: readonly Change[]) => {
      let answer: unknown;
      for (const { method, path, body } of changes) {
        answer = await http(method, path, body === undefined ? {} : { body });
      }
      return answer;
    },
    onError: failure.show,
    onSuccess: (answer) => {
      notice({ message: t("common.saved"), autoClose: 2000 });
      after?.(answer);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [topic] }),
  });
}
