import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { channelNamesQuery } from "../api/queries.ts";

/** By which channel somebody came, by its id; nothing where there is but one, which everybody came by. */
export function useChannelNames(): ReadonlyMap<string, string> {
  const { data: channels } = useQuery(channelNamesQuery);
  return useMemo(() => {
    const several = channels && channels.length > 1 ? channels : [];
    return new Map(several.map(({ id, name }) => [id, name]));
  }, [channels]);
}
