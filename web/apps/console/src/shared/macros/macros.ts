import type { Items, Macro, MacroRun, MacroRunAnswer } from "@frontdesk/api";
import { queryOptions } from "@tanstack/react-query";
import { http } from "../session/session.ts";
import { createStore } from "../store.ts";

export const macrosQuery = queryOptions({
  queryKey: ["macros"],
  queryFn: async ({ signal }) =>
    (await http<Items<Macro>>("GET", "/v1/desk/macros", { signal })).items,
  staleTime: 5 * 60_000,
});

/** The macro that was chosen elsewhere, for the dialog that opens next. */
export const chosenMacro = createStore<string | null>(null);

/** Does a macro's steps to one conversation. A request that is sent again by the browser sends no reply twice. */
export async function runMacro(macro: string, conversation: string): Promise<MacroRun | undefined> {
  const body = { run: crypto.randomUUID(), conversations: [conversation] };
  const answer = await http<MacroRunAnswer>("POST", `/v1/desk/macros/${macro}/run`, { body });
  return answer.items[0];
}
