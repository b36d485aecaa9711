import type { Block, BlockPage } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { IconPlus, IconUserOff } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { Page } from "../../shared/admin/Page.tsx";
import { agentsQuery } from "../../shared/api/queries.ts";
import { BlockForm } from "../../shared/blocking/BlockForm.tsx";
import { Lift } from "../../shared/blocking/Lift.tsx";
import { useUntil } from "../../shared/blocking/useUntil.ts";
import { dateTime } from "../../shared/format/time.ts";
import { http } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";

function Row({ block }: { block: Block }) {
  const { t, i18n } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const until = useUntil();
  const by = agents.find(({ id }) => id === block.created_by);
  const name = block.contact_name ?? t("blocking.gone");
  const shown = block.network && block.contact_id ? t("blocking.addressOf", { name }) : null;
  return (
    <li className={styles.row} data-plain>
      <span className={styles.main}>
        <strong>{shown ?? block.network ?? name}</strong>
        <small>
          {block.reason ? `${block.reason} · ` : ""}
          {t("blocking.by", {
            name: by?.name || by?.nickname || "–",
            time: dateTime(block.created_at, Date.now(), i18n.language),
          })}
        </small>
      </span>
      <span className={styles.aside}>{until(block)}</span>
      <Lift block={block.id} />
    </li>
  );
}

/** Who is kept out now. */
export function Blocks() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ["blocks"],
    queryFn: ({ signal, pageParam }) =>
      http<BlockPage>("GET", "/v1/blocks", { signal, query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
  });
  const blocks = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t("blocking.add")}
    </Button>
  );
  return (
    <Page title={t("shell.blocks")} hint={t("blocking.hint")} actions={add}>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && blocks.length === 0 ? (
        <Nothing icon={<IconUserOff size={28} />} title={t("blocking.none")}>
          {t("blocking.noneHint")}
        </Nothing>
      ) : null}
      {blocks.length > 0 ? (
        <ul className={styles.rows}>
          {blocks.map((block) => (
            <Row key={block.id} block={block} />
          ))}
        </ul>
      ) : null}
      {query.hasNextPage ? (
        <Button
          mt="md"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : null}
      {adding ? <BlockForm close={() => setAdding(false)} /> : null}
    </Page>
  );
}
