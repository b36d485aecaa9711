import { Popover, Tooltip, UnstyledButton } from "@mantine/core";
import { IconAt } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { markMentionsSeen, mentionsQuery } from "../shared/api/mentions.ts";
import { dateTime } from "../shared/format/time.ts";
import { chime, desktopNotification } from "../shared/live/notify.ts";
import { notice } from "../shared/ui/notices.ts";
import styles from "./app.module.css";
import { Badge } from "./Badge.tsx";

/** Says it once when a colleague names somebody: what was there already when one came is no news. */
function useNews() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useQuery(mentionsQuery);
  const known = useRef<string | null>(null);
  useEffect(() => {
    if (!data) return;
    const newest = data.items[0];
    const fresh = known.current !== null && newest && newest.id !== known.current && !newest.seen;
    known.current = newest?.id ?? "";
    if (!fresh) return;
    const { id } = newest.conversation;
    const title = t("mentions.by", { name: newest.by });
    chime("message");
    notice({
      message: t("mentions.news", { name: newest.by, text: newest.text.slice(0, 160) }),
      color: "yellow",
      closeButtonProps: { "aria-label": t("common.close") },
    });
    desktopNotification(title, newest.text.slice(0, 160), newest.id, () => {
      void navigate({ to: "/inbox/$conversation", params: { conversation: id } });
    });
  }, [data, navigate, t]);
  return data;
}

export function Mentions() {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const data = useNews();
  const unseen = data?.unseen ?? 0;
  const label = unseen ? t("mentions.count", { count: unseen }) : t("mentions.title");
  const change = (next: boolean) => {
    setOpen(next);
    const newest = data?.items[0];
    if (!next && unseen && newest) void markMentionsSeen(newest.id);
  };
  return (
    <Popover opened={open} onChange={change} position="right-end" width={320} shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label={label} position="right" disabled={open}>
          <UnstyledButton
            className={styles.mentions}
            data-quiet={unseen === 0 || undefined}
            aria-label={label}
            aria-expanded={open}
            onClick={() => change(!open)}
          >
            <IconAt size={20} stroke={1.7} aria-hidden="true" />
            <Badge count={unseen} label={label} />
          </UnstyledButton>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t("mentions.title")}>
        {data?.items.length ? (
          <ul className={styles.mentionList}>
            {data.items.map(({ id, conversation, at, by, text, seen }) => (
              <li key={id}>
                <Link
                  to="/inbox/$conversation"
                  params={{ conversation: conversation.id }}
                  className={styles.mentionItem}
                  data-new={!seen || undefined}
                  onClick={() => change(false)}
                >
                  <span className={styles.mentionWho}>
                    {t("mentions.by", { name: by })}
                    <small>
                      {t("mentions.about", {
                        name: conversation.contact.name,
                        time: dateTime(at, Date.now(), i18n.language),
                      })}
                    </small>
                  </span>
                  <span className={styles.mentionText}>{text}</span>
                </Link>
              </li>
            ))}
          </ul>
        ) : (
          <p className={styles.mentionNone}>
            {t("mentions.none")}
            <small>{t("mentions.noneHint")}</small>
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
