import { ApiError } from "@frontdesk/api";
import { Loader } from "@mantine/core";
import { IconTicketOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { ticketQuery } from "../../shared/tickets/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { TicketDetail } from "./TicketDetail.tsx";
import styles from "./tickets.module.css";

/** The ticket of the address; one that is gone, or that one does not reach any more, says so. */
export function OpenTicket({ id, back }: { id: string; back: (() => void) | undefined }) {
  const { t } = useTranslation();
  const query = useQuery(ticketQuery(id));
  if (query.error instanceof ApiError && query.error.status === 404) {
    return (
      <Nothing icon={<IconTicketOff size={28} stroke={1.6} />} title={t("tickets.gone")}>
        {t("tickets.goneHint")}
      </Nothing>
    );
  }
  if (query.isError && !query.data) {
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  if (!query.data) {
    return (
      <div className={styles.center}>
        <Loader size="sm" aria-label={t("common.loading")} />
      </div>
    );
  }
  return <TicketDetail opened={query.data} back={back} />;
}
