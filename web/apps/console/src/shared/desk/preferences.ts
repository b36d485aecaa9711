import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { http } from "../session/session.ts";
import { useFailure } from "../ui/failure.ts";
import { type Desk, deskQuery, type Preferences } from "./desk.ts";

const usual: Preferences = { undo_s: 0, columns: {} };

/** How one likes to work, on all devices; a change shows at once, and is taken back if the server refuses it. */
export function usePreferences() {
  const queries = useQueryClient();
  const failure = useFailure();
  const { data } = useQuery(deskQuery);
  const preferences = data?.preferences ?? usual;
  const put = (next: Preferences) =>
    queries.setQueryData<Desk>(
      deskQuery.queryKey,
      (desk) => desk && { ...desk, preferences: next },
    );
  const { mutate } = useMutation({
    mutationFn: (body: Partial<Preferences>) =>
      http<Preferences>("PATCH", "/v1/desk/preferences", { body }),
    onMutate: async (next) => {
      // What is on its way was read before the change, and would take it back.
      if (data) await queries.cancelQueries({ queryKey: deskQuery.queryKey });
      put({ ...preferences, ...next, columns: { ...preferences.columns, ...next.columns } });
      return preferences;
    },
    onError: (error, _, before) => {
      put(before ?? usual);
      failure.show(error);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: deskQuery.queryKey }),
  });
  return { preferences, change: mutate };
}
