import type { Ticket, TicketChanges } from "@frontdesk/api";
import { useQueryClient } from "@tanstack/react-query";
import { http } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";

/** Changes a ticket as it is shown; tells whether that worked, and shows it as it is now in any case. */
export function useTicketChange({ id, version }: Ticket) {
  const queries = useQueryClient();
  const failure = useFailure();
  return async (changes: Omit<TicketChanges, "version">): Promise<boolean> => {
    try {
      await http("PATCH", `/v1/tickets/${id}`, { body: { version, ...changes } });
      return true;
    } catch (error) {
      failure.show(error);
      return false;
    } finally {
      await queries.invalidateQueries({ queryKey: ["tickets"] });
    }
  };
}
