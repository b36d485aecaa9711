import type { HelpBody, KnowledgeBase } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Change } from "../../../shared/admin/useSave.ts";
import { knowledgeBasesQuery } from "../../../shared/api/queries.ts";
import { can } from "../../../shared/session/permissions.ts";
import { http, useMe } from "../../../shared/session/session.ts";

export interface HelpDraft {
  /** False while it is not known, before there is a channel, and for those who may not see the knowledge. */
  readonly known: boolean;
  readonly bases: readonly KnowledgeBase[];
  /** Null: visitors are shown none. */
  readonly base: string | null;
  readonly choose: (base: string | null) => void;
  /** What is to be saved beside the channel. */
  readonly changes: readonly Change[];
}

/** Which knowledge visitors may read before they ask. */
export function useHelp(channel: string | null): HelpDraft {
  const me = useMe();
  const path = `/v1/channels/${channel}/help`;
  const enabled = channel !== null && can(me, "knowledge.manage");
  const saved = useQuery({
    queryKey: ["channels", channel, "help"],
    queryFn: ({ signal }) => http<HelpBody>("GET", path, { signal }),
    enabled,
  }).data?.knowledge_base_id;
  const { data: bases = [] } = useQuery({ ...knowledgeBasesQuery, enabled });
  const [chosen, choose] = useState<string | null>();
  const base = chosen === undefined ? (saved ?? null) : chosen;
  const changed = saved !== undefined && base !== saved;
  return {
    known: saved !== undefined,
    bases,
    base,
    choose,
    changes: changed ? [{ method: "PUT", path, body: { knowledge_base_id: base } }] : [],
  };
}
