import { IconTicket } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { OpenTicket } from "../features/tickets/OpenTicket.tsx";
import { TicketList } from "../features/tickets/TicketList.tsx";
import { talk } from "../i18n/en/talk.ts";
import * as words from "../i18n/en/tickets.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { useTranslation } from "../i18n/translation.tsx";
import { Nothing } from "../shared/ui/Nothing.tsx";
import { useMedium } from "../shared/ui/useWide.ts";
import styles from "./panes.module.css";

addEnglish({ ...talk, ...words });

export function TicketsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const medium = useMedium();
  const search = useSearch({ from: "/tickets" });
  const { open } = search;
  const list = (
    <div className={styles.listPane} data-roomy>
      <TicketList search={search} />
    </div>
  );
  const back = () => void navigate({ to: "/tickets", search: { ...search, open: undefined } });
  const detail = open ? (
    <OpenTicket key={open} id={open} back={medium ? undefined : back} />
  ) : (
    <Nothing icon={<IconTicket size={28} stroke={1.6} />} title={t("tickets.choose")}>
      {t("tickets.chooseHint")}
    </Nothing>
  );
  if (!medium) return open ? <div className={styles.midPane}>{detail}</div> : list;
  return (
    <div className={styles.panes}>
      {list}
      <div className={styles.midPane}>{detail}</div>
    </div>
  );
}
