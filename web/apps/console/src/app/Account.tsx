import { UnstyledButton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { initials } from "../shared/format/names.ts";
import { usePresence } from "../shared/session/presence.ts";
import { useMe } from "../shared/session/session.ts";
import { Face } from "../shared/ui/Face.tsx";
import { useLayer } from "../shared/ui/useLayer.ts";
import styles from "./app.module.css";

const AccountMenu = lazy(() => import("./AccountMenu.tsx"));

export function Account() {
  const { t } = useTranslation();
  const { agent } = useMe();
  const { status } = usePresence();
  const { layer, toButton } = useLayer("menu");
  const name = agent.name || agent.nickname;
  return (
    <>
      <UnstyledButton
        {...toButton}
        className={styles.me}
        aria-label={`${initials(name)}, ${t("shell.account")}`}
        onClick={() => layer.change(!layer.opened)}
      >
        <Face id={agent.id} name={name} src={agent.avatar_url} size={34} status={status} />
      </UnstyledButton>
      <Suspense fallback={null}>
        <AccountMenu layer={layer} />
      </Suspense>
    </>
  );
}
