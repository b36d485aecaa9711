import type { MacroRun, MacroRunAnswer, MacroStep } from "@frontdesk/api";
import { http } from "../../../shared/session/session.ts";

/** What is done to all that are chosen: steps of one's own, or a macro's. */
export type Deed = { readonly steps: readonly MacroStep[] } | { readonly macro: string };

const together = 20;

interface Options {
  readonly told: (runs: readonly MacroRun[]) => void;
  readonly stopped: () => boolean;
}

/** Goes through the conversations a few at a time, and ends where it is stopped or the server is not reached. */
export async function goThrough(
  ids: readonly string[],
  deed: Deed,
  { told, stopped }: Options,
): Promise<void> {
  const path = "macro" in deed ? `/v1/desk/macros/${deed.macro}/run` : "/v1/desk/bulk";
  const steps = "macro" in deed ? {} : { steps: deed.steps };
  for (let from = 0; from < ids.length && !stopped(); from += together) {
    const conversations = ids.slice(from, from + together);
    const body = { run: crypto.randomUUID(), conversations, ...steps };
    told((await http<MacroRunAnswer>("POST", path, { body })).items);
  }
}

export const refusedOf = (run: MacroRun) => run.steps.find(({ outcome }) => outcome === "refused");

/** What takes a deed back on the conversations that it changed; undefined where nothing does. */
export function undoing(deed: Deed, runs: readonly MacroRun[]) {
  const [step] = "steps" in deed && deed.steps.length === 1 ? deed.steps : [];
  const back: MacroStep | undefined =
    step?.do === "tag"
      ? { do: "untag", tag_id: step.tag_id }
      : step?.do === "flag"
        ? { do: "flag", important: !step.important }
        : step?.do === "snooze"
          ? { do: "wake" }
          : undefined;
  const ids = runs
    .filter(({ steps }) => steps.every(({ changed }) => changed))
    .map((run) => run.conversation_id);
  return back && ids.length ? { ids, deed: { steps: [back] } satisfies Deed } : undefined;
}
