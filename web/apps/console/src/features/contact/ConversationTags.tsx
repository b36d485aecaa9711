import type { Tag } from "@frontdesk/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { conversationTagsQuery } from "../../shared/api/queries.ts";
import { can } from "../../shared/session/permissions.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { TagEditor } from "../../shared/tags/TagEditor.tsx";
import { useFailure } from "../../shared/ui/failure.ts";

interface Change {
  readonly tag: Tag;
  readonly has: boolean;
}

export function ConversationTags({ conversation }: { conversation: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const failure = useFailure();
  const query = conversationTagsQuery(conversation);
  const { data: ids = [] } = useQuery(query);
  const { queryKey } = query;
  const put = ({ tag, has }: Change) =>
    queries.setQueryData(queryKey, (held = []) => [
      ...held.filter((id) => id !== tag.id),
      ...(has ? [tag.id] : []),
    ]);
  const { mutate } = useMutation({
    mutationFn: ({ tag, has }: Change) =>
      http(has ? "PUT" : "DELETE", `/v1/conversations/${conversation}/tags/${tag.id}`),
    onMutate: async (change) => {
      await queries.cancelQueries({ queryKey });
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
      label={t("tags.ofConversation")}
      ids={ids}
      locked={!can(me, "conversation.write_own")}
      add={(tag) => mutate({ tag, has: true })}
      remove={(tag) => mutate({ tag, has: false })}
    />
  );
}
