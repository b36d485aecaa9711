import { Loader } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { talk } from "../../i18n/en/talk.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { useCommands } from "../../shared/commands/commands.ts";
import { lookup } from "../../shared/desk/lookup.ts";
import { can } from "../../shared/session/permissions.ts";
import { usePresence } from "../../shared/session/presence.ts";
import { useMe } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { blocked } from "./composer/blocked.ts";
import { Composer } from "./composer/Composer.tsx";
import styles from "./conversation.module.css";
import { Header } from "./Header.tsx";
import { AskedBar } from "./supervising/AskedBar.tsx";
import { Transcript } from "./transcript/Transcript.tsx";
import { useOpenConversation } from "./useOpenConversation.ts";

addEnglish(talk);

const FindBar = lazy(() => import("./find/FindBar.tsx"));

interface Props {
  readonly id: string;
  readonly at?: number | undefined;
  /** Opened from a search or a customer's past: nothing is written or marked as read there. */
  readonly readOnly?: boolean;
  readonly back?: (() => void) | undefined;
  readonly details?: (() => void) | undefined;
  readonly detailsShown?: boolean;
}

export function Conversation({ id, at, readOnly = false, back, details, detailsShown }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { status } = usePresence();
  const { conversation, error, retry } = useOpenConversation(id);
  const [finding, setFinding] = useState(false);
  const [found, setFound] = useState<number>();
  const shown = found ?? at;
  useCommands({
    find: () => setFinding(true),
    focus: readOnly ? undefined : () => document.getElementById("composer")?.focus(),
    details,
    lookUp:
      readOnly || !can(me, "conversation.write_own")
        ? undefined
        : () => {
            if (!detailsShown) details?.();
            lookup.set({ conversation: id, write: true });
          },
  });
  if (error) return <Failed error={error} retry={retry} />;
  if (!conversation) {
    return (
      <div className={styles.center}>
        <Loader size="sm" aria-label={t("common.loading")} />
      </div>
    );
  }
  const { snapshot } = conversation;
  const mine = snapshot.agent?.id === me.agent.id && snapshot.state === "active";
  return (
    <article
      className={styles.conversation}
      aria-label={t("conversation.title", { name: snapshot.contact.name })}
    >
      <Header
        snapshot={snapshot}
        readOnly={readOnly}
        back={back}
        details={details}
        detailsShown={detailsShown ?? false}
      />
      {finding ? (
        <Suspense fallback={null}>
          <FindBar
            conversation={id}
            opened={snapshot.opened_at}
            show={setFound}
            close={() => {
              setFinding(false);
              setFound(undefined);
            }}
          />
        </Suspense>
      ) : null}
      <Transcript
        key={`${id}@${shown ?? ""}`}
        conversation={conversation}
        at={shown}
        reading={mine && !readOnly}
      />
      {readOnly ? null : <AskedBar conversation={id} />}
      {readOnly ? null : (
        <Composer key={id} snapshot={snapshot} blocked={blocked(me, snapshot, status)} />
      )}
    </article>
  );
}
