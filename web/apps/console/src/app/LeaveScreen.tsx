import { IconMail } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { LeaveDetail } from "../features/leave-messages/LeaveDetail.tsx";
import { LeaveMessages } from "../features/leave-messages/LeaveMessages.tsx";
import { talk } from "../i18n/en/talk.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { useTranslation } from "../i18n/translation.tsx";
import { leaveMessagesQuery } from "../shared/api/queries.ts";
import { Nothing } from "../shared/ui/Nothing.tsx";
import { useMedium } from "../shared/ui/useWide.ts";
import styles from "./panes.module.css";

addEnglish(talk);

export function LeaveScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const medium = useMedium();
  const { state = "open", message: id } = useSearch({ from: "/leave-messages" });
  const query = useInfiniteQuery(leaveMessagesQuery(state));
  const message = query.data?.pages.flatMap(({ items }) => items).find((each) => each.id === id);
  const list = (
    <div className={styles.listPane} data-roomy>
      <LeaveMessages state={state} selected={id} />
    </div>
  );
  const back = () =>
    void navigate({
      to: "/leave-messages",
      search: { state: state === "handled" ? "handled" : undefined },
    });
  const detail = message ? (
    <LeaveDetail key={message.id} message={message} back={medium ? undefined : back} />
  ) : (
    <Nothing icon={<IconMail size={28} stroke={1.6} />} title={t("leave.choose")}>
      {t("leave.chooseHint")}
    </Nothing>
  );
  if (!medium) return message ? <div className={styles.midPane}>{detail}</div> : list;
  return (
    <div className={styles.panes}>
      {list}
      <div className={styles.midPane}>{detail}</div>
    </div>
  );
}
