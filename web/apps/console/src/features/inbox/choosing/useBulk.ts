import type { MacroRun } from "@frontdesk/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useFailure } from "../../../shared/ui/failure.ts";
import { type Deed, goThrough, refusedOf } from "./bulk.ts";

/** Does something to many conversations, and knows at each moment how far it is. `left` is what was not done. */
export function useBulk(chosen: readonly string[]) {
  const queries = useQueryClient();
  const failure = useFailure();
  const stopping = useRef(false);
  const [left, setLeft] = useState(chosen);
  const [runs, setRuns] = useState<readonly MacroRun[]>([]);
  const work = useMutation({
    mutationFn: async ({ ids, deed }: { ids: readonly string[]; deed: Deed }) => {
      stopping.current = false;
      const told: MacroRun[] = [];
      setRuns([]);
      try {
        await goThrough(ids, deed, {
          told: (more) => {
            told.push(...more);
            setRuns([...told]);
          },
          stopped: () => stopping.current,
        });
      } finally {
        const fine = new Set(
          told.filter((run) => !refusedOf(run)).map((run) => run.conversation_id),
        );
        setLeft((before) => before.filter((id) => !fine.has(id)));
      }
    },
    onError: failure.show,
    onSettled: () =>
      Promise.all(
        ["conversations", "conversation-tags", "contact", "desk"].map((topic) =>
          queries.invalidateQueries({ queryKey: [topic] }),
        ),
      ),
  });
  return {
    runs,
    left,
    work,
    stop: () => {
      stopping.current = true;
    },
  };
}
