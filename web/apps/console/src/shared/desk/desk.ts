import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { draftsOf } from "../drafts/drafts.ts";
import { adopt, type KeptDraft, savesDrafts } from "../drafts/saving.ts";
import { useConnection } from "../live/connection.ts";
import { http, useMe } from "../session/session.ts";
import { useFailure } from "../ui/failure.ts";

export interface Marks {
  readonly pinned: boolean;
  readonly important: boolean;
}
interface MarksOf extends Marks {
  readonly conversation: string;
}
export interface Preferences {
  /** Seconds in which a message can be taken back before it leaves. */
  readonly undo_s: number;
  /** By table: the columns that are shown. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
}
export interface Desk {
  readonly drafts: readonly KeptDraft[];
  readonly marks: readonly MarksOf[];
  readonly preferences: Preferences;
}

export const unmarked: Marks = { pinned: false, important: false };

export const deskQuery = {
  queryKey: ["desk"],
  queryFn: ({ signal }: { signal: AbortSignal }) => http<Desk>("GET", "/v1/desk", { signal }),
  staleTime: Number.POSITIVE_INFINITY,
} as const;

const withMarks = (desk: Desk | undefined, next: MarksOf): Desk | undefined =>
  desk && {
    ...desk,
    marks: [
      ...desk.marks.filter(({ conversation }) => conversation !== next.conversation),
      ...(next.pinned || next.important ? [next] : []),
    ],
  };

/** Keeps drafts and marks the same on all of one's devices; for as long as somebody is signed in. */
export function useSharedDesk(): void {
  const connection = useConnection();
  const queries = useQueryClient();
  const me = useMe().agent.id;
  const { data } = useQuery(deskQuery);

  useEffect(() => {
    for (const draft of data?.drafts ?? []) adopt(draftsOf(me), draft);
  }, [data, me]);

  useEffect(() => {
    const store = draftsOf(me);
    const device = crypto.randomUUID();
    const saving = savesDrafts(store, device, (conversation, body) =>
      http("PUT", `/v1/conversations/${conversation}/draft`, { body }),
    );
    saving.again();
    const stops = [
      saving.stop,
      connection.on("ready", saving.again),
      connection.on("draft", ({ draft, writer }) => {
        if (writer !== device) adopt(store, draft);
      }),
      connection.on("marks", ({ marks }) => {
        queries.setQueryData<Desk>(deskQuery.queryKey, (desk) => withMarks(desk, marks));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [connection, me, queries]);
}

/** My pins and stars, by conversation. */
export function useAllMarks(): ReadonlyMap<string, Marks> {
  const { data } = useQuery(deskQuery);
  const marks = data?.marks;
  return useMemo(() => new Map(marks?.map((each) => [each.conversation, each])), [marks]);
}

/** One conversation's marks and how to change them; shown at once, taken back if the server refuses. */
export function useMarks(conversation: string) {
  const queries = useQueryClient();
  const failure = useFailure();
  const marks = useAllMarks().get(conversation) ?? unmarked;
  const put = (next: MarksOf) =>
    queries.setQueryData<Desk>(deskQuery.queryKey, (desk) => withMarks(desk, next));
  const { mutate } = useMutation({
    mutationFn: ({ pinned, important }: Marks) =>
      http("PUT", `/v1/conversations/${conversation}/marks`, { body: { pinned, important } }),
    onMutate: (next) => {
      put({ conversation, ...next });
      return marks;
    },
    onError: (error, _, before) => {
      put({ conversation, ...(before ?? unmarked) });
      failure.show(error);
    },
  });
  const { pinned, important } = marks;
  return {
    pinned,
    important,
    pin: () => mutate({ pinned: !pinned, important }),
    star: () => mutate({ pinned, important: !important }),
  };
}
