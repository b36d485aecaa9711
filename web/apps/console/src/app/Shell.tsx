import { Outlet, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { useChanges } from "../shared/api/useChanges.ts";
import { useSharedDesk } from "../shared/desk/desk.ts";
import { useStore } from "../shared/store.ts";
import styles from "./app.module.css";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { Navigation } from "./Navigation.tsx";
import { sheet } from "./sheet.ts";
import { useAlerts } from "./useAlerts.ts";
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

export function Shell() {
  const { t } = useTranslation();
  const { conversation } = useParams({ strict: false });
  const opened = useStore(sheet);
  useChanges();
  useTitle();
  useAlerts();
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
