import type { QuickReply } from "@frontdesk/api";
import { TextInput } from "@mantine/core";
import { IconBolt, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { quickRepliesQuery } from "../../shared/api/queries.ts";
import { rank } from "../../shared/fuzzy/fuzzy.ts";
import { Enclosed } from "../../shared/replies/Enclosed.tsx";
import { saidBy } from "../../shared/replies/said.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { ReplyForm } from "./ReplyForm.tsx";

interface Props {
  /** Whether a new one is being written. */
  readonly adding: boolean;
  readonly added: () => void;
}

export function ReplyRows({ adding, added }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const query = useQuery(quickRepliesQuery);
  const [text, setText] = useState("");
  const [edited, setEdited] = useState<QuickReply | null>(null);
  const shared = can(me, "quick_reply.manage");
  const found = rank(text, query.data ?? [], (reply) => [reply.title, reply.group, saidBy(reply)]);
  return (
    <>
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
                  <strong>
                    {reply.title} <Enclosed reply={reply} />
                  </strong>
                  <small dir="auto">{saidBy(reply)}</small>
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
      {edited || adding ? (
        <ReplyForm
          reply={edited}
          mayShare={shared}
          close={() => {
            setEdited(null);
            added();
          }}
        />
      ) : null}
    </>
  );
}
