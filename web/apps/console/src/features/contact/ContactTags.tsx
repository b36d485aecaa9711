import type { Contact, ContactAnswer, Tag } from "@frontdesk/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { contactQuery } from "../../shared/api/queries.ts";
import { can } from "../../shared/session/permissions.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { TagEditor } from "../../shared/tags/TagEditor.tsx";
import { useFailure } from "../../shared/ui/failure.ts";

interface Change {
  readonly tag: Tag;
  readonly has: boolean;
}

const without = (ids: readonly string[], { id }: Tag) => ids.filter((each) => each !== id);

export function ContactTags({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const failure = useFailure();
  const { queryKey } = contactQuery(contact.id);
  const put = ({ tag, has }: Change) =>
    queries.setQueryData(queryKey, (held) =>
      held ? { ...held, tags: [...without(held.tags, tag), ...(has ? [tag.id] : [])] } : held,
    );
  const { mutate } = useMutation({
    mutationFn: ({ tag, has }: Change) =>
      http<ContactAnswer>(has ? "PUT" : "DELETE", `/v1/contacts/${contact.id}/tags/${tag.id}`),
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey, exact: true });
      put(change);
    },
    onError: (error, change) => {
      put({ ...change, has: !change.has });
      failure.show(error);
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <TagEditor
      label={t("tags.ofContact")}
      ids={contact.tags}
      locked={!can(me, "contact.edit")}
      add={(tag) => mutate({ tag, has: true })}
      remove={(tag) => mutate({ tag, has: false })}
    />
  );
}
