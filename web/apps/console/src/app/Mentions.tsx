import { UnstyledButton } from "@mantine/core";
import { IconAt } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { tell } from "../shared/alerts/tell.ts";
import { markMentionsSeen, mentionsQuery } from "../shared/api/mentions.ts";
import { notice } from "../shared/ui/notices.ts";
import { useLayer } from "../shared/ui/useLayer.ts";
import styles from "./app.module.css";
import { Badge } from "./Badge.tsx";
import { whyNamed } from "./named.ts";

const MentionList = lazy(() => import("./MentionList.tsx"));

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
    const title = whyNamed(t, newest);
    notice({
      message: t("mentions.news", { what: title, text: newest.text.slice(0, 160) }),
      color: "yellow",
      closeButtonProps: { "aria-label": t("common.close") },
    });
    tell({
      kind: "mention",
      conversation: id,
      tag: `mention-${id}`,
      title,
      body: newest.text.slice(0, 160),
      open: () => void navigate({ to: "/inbox/$conversation", params: { conversation: id } }),
    });
  }, [data, navigate, t]);
  return data;
}

export function Mentions() {
  const { t } = useTranslation();
  const { layer, toButton } = useLayer("dialog");
  const data = useNews();
  const unseen = data?.unseen ?? 0;
  const label = unseen ? t("mentions.count", { count: unseen }) : t("mentions.title");
  const change = (next: boolean) => {
    layer.change(next);
    const newest = data?.items[0];
    if (!next && unseen && newest) void markMentionsSeen(newest.id);
  };
  return (
    <>
      <UnstyledButton
        {...toButton}
        className={styles.mentions}
        data-hint={layer.opened ? undefined : label}
        data-quiet={unseen === 0 || undefined}
        aria-label={label}
        onClick={() => change(!layer.opened)}
      >
        <IconAt size={20} stroke={1.7} aria-hidden="true" />
        <Badge count={unseen} label={label} />
      </UnstyledButton>
      <Suspense fallback={null}>
        <MentionList layer={{ ...layer, change }} mentions={data?.items ?? []} />
      </Suspense>
    </>
  );
}
