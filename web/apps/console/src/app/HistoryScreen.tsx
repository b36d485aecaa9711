import { IconHistory } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Conversation } from "../features/conversation/Conversation.tsx";
import { History } from "../features/history/History.tsx";
import { talk } from "../i18n/en/talk.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { useTranslation } from "../i18n/translation.tsx";
import { Nothing } from "../shared/ui/Nothing.tsx";
import { useMedium } from "../shared/ui/useWide.ts";
import styles from "./panes.module.css";

addEnglish(talk);

export function HistoryScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const medium = useMedium();
  const search = useSearch({ from: "/history" });
  const { open, at } = search;
  const list = (
    <div className={styles.listPane} data-roomy>
      <History
        filter={search}
        change={({ q, days, agent, tag }) =>
          void navigate({
            to: "/history",
            search: { ...search, q, days, agent, tag },
            replace: true,
          })
        }
        opened={{ conversation: open, at }}
      />
    </div>
  );
  const back = () =>
    void navigate({ to: "/history", search: { ...search, open: undefined, at: undefined } });
  const middle = (
    <div className={styles.midPane}>
      {open ? (
        <Conversation key={open} id={open} at={at} readOnly back={medium ? undefined : back} />
      ) : (
        <Nothing icon={<IconHistory size={28} stroke={1.6} />} title={t("history.choose")}>
          {t("history.chooseHint")}
        </Nothing>
      )}
    </div>
  );
  if (!medium) return open ? middle : list;
  return (
    <div className={styles.panes}>
      {list}
      {middle}
    </div>
  );
}
