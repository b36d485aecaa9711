import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { useChanges } from "../shared/api/useChanges.ts";
import { useSharedDesk } from "../shared/desk/desk.ts";
import { useAlerts } from "../shared/live/useAlerts.ts";
import { useMe } from "../shared/session/session.ts";
import { useStore } from "../shared/store.ts";
import styles from "./app.module.css";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { Navigation } from "./Navigation.tsx";
import { sheet } from "./sheet.ts";
import { useAnswers } from "./useAnswers.ts";
import { useDeskCommands } from "./useDeskCommands.ts";
import { usePush } from "./usePush.ts";
import { useTakeovers } from "./useTakeovers.ts";
import { useUnreadTotal } from "./useUnreadTotal.ts";

const ShortcutSheet = lazy(() => import("./ShortcutSheet.tsx"));
const Palette = lazy(() => import("./Palette.tsx"));

function useTitle() {
  const { t } = useTranslation();
  const unread = useUnreadTotal();
  useEffect(() => {
    const name = t("app.name");
    document.title = unread ? `(${unread > 99 ? "99+" : unread}) ${name}` : name;
  }, [t, unread]);
}

function useDeskAlerts() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { conversation } = useParams({ strict: false });
  useAlerts({
    me: me.agent.id,
    shown: conversation,
    open: (id) => void navigate({ to: "/inbox/$conversation", params: { conversation: id } }),
    texts: {
      conversation: (name) => t("inbox.alert.conversation", { name }),
      offer: (name) => t("inbox.alert.offer", { name }),
      attachment: t("inbox.image"),
      woken: t("inbox.alert.woken"),
    },
  });
}

export function Shell() {
  const { t } = useTranslation();
  const { conversation } = useParams({ strict: false });
  const opened = useStore(sheet);
  useChanges();
  useTitle();
  useDeskAlerts();
  useTakeovers();
  useAnswers();
  useSharedDesk();
  usePush();
  useDeskCommands();
  return (
    <div className={styles.shell} data-inside={conversation ? true : undefined}>
      <a className={styles.skip} href="#content">
        {t("shell.skip")}
      </a>
      <Navigation />
      <div className={styles.content}>
        <ConnectionBanner />
        <main id="content" className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Suspense fallback={null}>
        {opened === "shortcuts" ? <ShortcutSheet close={() => sheet.set(null)} /> : null}
        {opened === "palette" ? <Palette close={() => sheet.set(null)} /> : null}
      </Suspense>
    </div>
  );
}
