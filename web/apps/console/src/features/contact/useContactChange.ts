import type { Contact, ContactAnswer, ContactInput } from "@frontdesk/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { contactQuery } from "../../shared/api/queries.ts";
import { http } from "../../shared/session/session.ts";

function changed(contact: Contact, { version: _, fields, ...facts }: ContactInput): Contact {
  const values = { ...contact.fields };
  for (const [key, value] of Object.entries(fields ?? {})) {
    if (value === null || value === "") delete values[key];
    else values[key] = value;
  }
  return { ...contact, ...facts, fields: values };
}

/** What takes a change back, and leaves alone what was changed meanwhile. */
function reverse(contact: Contact, { version: _, fields, ...facts }: ContactInput): ContactInput {
  const named = Object.keys(facts) as (keyof typeof facts)[];
  return {
    ...Object.fromEntries(named.map((name) => [name, contact[name]])),
    fields: Object.fromEntries(
      Object.keys(fields ?? {}).map((key) => [key, contact.fields[key] ?? null]),
    ),
  };
}

/** Shows a change at once, and takes it back when the server refuses it. Rejects with the refusal. */
export function useContactChange(id: string) {
  const queries = useQueryClient();
  const { queryKey } = contactQuery(id);
  const put = (change: ContactInput) =>
    queries.setQueryData(queryKey, (held) => (held ? changed(held, change) : held));
  const { mutateAsync } = useMutation({
    mutationFn: (body: ContactInput) =>
      http<ContactAnswer>("PATCH", `/v1/contacts/${id}`, { body }),
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey, exact: true });
      const before = queries.getQueryData(queryKey);
      put(change);
      return before && reverse(before, change);
    },
    onError: (_error, _change, back) => back && put(back),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return mutateAsync;
}
