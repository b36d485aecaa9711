import { useQuery } from "@tanstack/react-query";
import { agentsQuery } from "../api/queries.ts";

/** What colleagues are called, by id. */
export function useNames(): (id: string) => string {
  const { data = [] } = useQuery(agentsQuery);
  return (id) => {
    const known = data.find((each) => each.id === id);
    return known?.name || known?.nickname || "–";
  };
}
