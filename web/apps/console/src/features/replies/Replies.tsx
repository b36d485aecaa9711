import type { QuickReply } from "@frontdesk/api";
import { Button, TextInput } from "@mantine/core";
import { IconBolt, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../../shared/admin/admin.module.css";
import { Page } from "../../shared/admin/Page.tsx";
import { quickRepliesQuery } from "../../shared/api/queries.ts";
import { rank } from "../../shared/fuzzy/fuzzy.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { Categories } from "./Categories.tsx";
import { ReplyForm } from "./ReplyForm.tsx";

export function Replies() {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery(quickRepliesQuery);
  const [text, setText] = useState("");
  const [edited, setEdited] = useState<QuickReply | "new" | null>(null);
  const shared = can(me, "quick_reply.manage");
  const found = rank(text, query.data ?? [], (reply) => [reply.title, reply.group, reply.text]);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited("new")}>
      {t("replies.add")}
    </Button>
  );
  return (
    <Page title={t("replies.title")} hint={t("replies.hint")} actions={add}>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data?.length ? (
        <TextInput
          mb="sm"
          aria-label={t("common.search")}
          placeholder={t("common.search")}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : null}
      {query.data?.length === 0 ? (
        <Nothing icon={<IconBolt size={28} />} title={t("replies.none")}>
          {t("replies.noneHint")}
        </Nothing>
      ) : null}
      {found.length ? (
        <ul className={styles.rows}>
          {found.map((reply) => (
            <li key={reply.id}>
              <button
                type="button"
                className={styles.row}
                disabled={!reply.personal && !shared}
                onClick={() => setEdited(reply)}
              >
                <span className={styles.main}>
                  <strong>{reply.title}</strong>
                  <small>{reply.text}</small>
                </span>
                <span className={styles.aside} data-extra>
                  {reply.group}
                </span>
                <span className={styles.aside}>
                  {t(reply.personal ? "replies.personal" : "replies.shared")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {can(me, "settings.manage") ? <Categories /> : null}
      {edited ? (
        <ReplyForm
          reply={edited === "new" ? null : edited}
          mayShare={shared}
          close={() => setEdited(null)}
        />
      ) : null}
    </Page>
  );
}
