import { ActionIcon, Loader } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { talk } from "../../i18n/en/talk.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { contactQuery } from "../../shared/api/queries.ts";
import { useConversation } from "../../shared/live/connection.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { ConversationTags } from "./ConversationTags.tsx";
import styles from "./contact.module.css";
import { Decisions } from "./Decisions.tsx";
import { Knowledge } from "./lookup/Knowledge.tsx";
import { Person } from "./Person.tsx";
import { Privacy } from "./Privacy.tsx";
import { ServiceLevel } from "./ServiceLevel.tsx";

addEnglish(talk);

const Blocking = lazy(() => import("./Blocking.tsx"));
const Panels = lazy(() => import("./panels/Panels.tsx"));

interface Props {
  readonly conversation: string;
  readonly back: (() => void) | undefined;
}

/** Who one is talking to. */
export function Details({ conversation, back }: Props) {
  const me = useMe();
  const { t } = useTranslation();
  const held = useConversation(conversation)?.snapshot;
  const id = held?.contact.id;
  const erased = held?.close_reason === "erased" || held?.close_reason === "erasing";
  const query = useQuery({ ...contactQuery(id ?? ""), enabled: id !== undefined });
  const contact = query.data;
  const queries = useQueryClient();
  // A channel that forgot a conversation keeps its contact: only the server knows whether this one is gone.
  useEffect(() => {
    if (erased && id) void queries.resetQueries({ queryKey: contactQuery(id).queryKey });
  }, [erased, id, queries]);
  const gone = erased && query.isError && !contact;
  return (
    <aside className={styles.details} aria-label={t("contact.title")}>
      {back ? (
        <ActionIcon variant="subtle" color="gray" aria-label={t("common.back")} onClick={back}>
          <IconArrowLeft size={20} />
        </ActionIcon>
      ) : null}
      {gone ? <p>{t("privacy.gone")}</p> : null}
      {query.isError && !contact && !gone ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {!contact && !query.isError ? (
        <div className={styles.center}>
          <Loader size="sm" aria-label={t("common.loading")} />
        </div>
      ) : null}
      {contact && held ? (
        <>
          <Person contact={contact} conversation={conversation} channel={held.channel_id}>
            {can(me, "conversation.write_own") ? (
              <Knowledge conversation={conversation} back={back} />
            ) : null}
            <Suspense>
              <Panels conversation={conversation} />
            </Suspense>
            <section className={styles.section}>
              <h3>{t("tags.thisConversation")}</h3>
              <ConversationTags conversation={conversation} />
            </section>
          </Person>
          <Decisions conversation={conversation} />
          <ServiceLevel conversation={conversation} />
          {can(me, "contact.block") ? (
            <Suspense>
              <Blocking key={contact.id} contact={contact.id} />
            </Suspense>
          ) : null}
        </>
      ) : null}
      {held && (contact || gone) ? (
        <Privacy key={held.contact.id} contact={held.contact} erased={gone} />
      ) : null}
    </aside>
  );
}
