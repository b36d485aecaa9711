import type { Contact, ContactAnswer } from "@frontdesk/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { contactQuery } from "../../../shared/api/queries.ts";
import { http } from "../../../shared/session/session.ts";
import type { Pick } from "./rows.ts";

interface Merge {
  readonly kept: Contact;
  readonly other: Contact;
  readonly picks: Readonly<Record<string, Pick>>;
}

/** Makes one contact of two. Both ids lead to it at once; whatever lists them is fetched again. */
export function useMerge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ kept, other, picks }: Merge) => {
      const body = {
        other_id: other.id,
        picks,
        version: kept.version,
        other_version: other.version,
      };
      return (await http<ContactAnswer>("POST", `/v1/contacts/${kept.id}/merge`, { body })).contact;
    },
    onSuccess: (contact, { kept, other }) => {
      for (const { id } of [kept, other]) queries.setQueryData(contactQuery(id).queryKey, contact);
    },
    onSettled: () =>
      Promise.all(
        ["contact", "contacts", "conversations"].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}
