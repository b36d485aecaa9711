import { Loader } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { resume, useSession } from "../shared/session/session.ts";
import { Nothing } from "../shared/ui/Nothing.tsx";
import styles from "./app.module.css";

// Most people come back signed in.
const SignIn = lazy(async () => ({
  default: (await import("./SignInScreen.tsx")).SignInScreen,
}));

function Checking() {
  const { t } = useTranslation();
  return (
    <main className={styles.whole}>
      <Loader size="sm" aria-label={t("opening.checking")} />
    </main>
  );
}

function Unreachable() {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setInterval(() => void resume(), 5000);
    return () => clearInterval(timer);
  }, []);
  return (
    <main className={styles.whole}>
      <Nothing isPage icon={<IconCloudOff size={28} />} title={t("opening.unreachable")}>
        {t("opening.unreachableHint")}
      </Nothing>
    </main>
  );
}

/** Only who is signed in comes further; everybody else stays at the same address and comes back to it. */
export function Gate({ children }: { children: ReactNode }) {
  const session = useSession();
  switch (session.phase) {
    case "signed-in":
      return children;
    case "signed-out":
      return (
        <Suspense fallback={<Checking />}>
          <SignIn />
        </Suspense>
      );
    case "unreachable":
      return <Unreachable />;
    case "unknown":
      return <Checking />;
  }
}
