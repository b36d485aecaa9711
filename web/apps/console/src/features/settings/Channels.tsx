import type { Channel } from "@frontdesk/api";
import { Button, CopyButton } from "@mantine/core";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { channelsQuery } from "../../shared/api/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { ChannelAccess } from "./ChannelAccess.tsx";
import { ChannelLink } from "./ChannelLink.tsx";
import { ChannelForm } from "./channel/ChannelForm.tsx";
import { PreChatForm } from "./prechat/PreChatForm.tsx";

export function Channels() {
  const { t } = useTranslation();
  const query = useQuery(channelsQuery);
  const [edited, setEdited] = useState<Channel | "new" | null>(null);
  const [opened, setOpened] = useState<Channel | null>(null);
  const [linked, setLinked] = useState<Channel | null>(null);
  const [asking, setAsking] = useState<Channel | null>(null);
  return (
    <>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? (
        <Nothing icon={<IconPlugConnected size={28} />} title={t("settings.noChannels")}>
          {t("settings.noChannelsHint")}
        </Nothing>
      ) : null}
      <ul className={styles.rows} hidden={!query.data?.length}>
        {query.data?.map((channel) => (
          <li key={channel.id}>
            <button type="button" className={styles.row} onClick={() => setEdited(channel)}>
              <span
                aria-hidden="true"
                style={{ width: 14, height: 14, borderRadius: 5, background: channel.color }}
              />
              <span className={styles.main}>
                <strong>{channel.name}</strong>
                <small>{channel.title}</small>
              </span>
              <span className={styles.aside}>{channel.code}</span>
            </button>
            <div style={{ padding: "0 16px 14px" }}>
              <pre className={styles.code}>{channel.snippet}</pre>
              <CopyButton value={channel.snippet}>
                {({ copied, copy }) => (
                  <Button mt={8} size="compact-sm" variant="default" onClick={copy}>
                    {t(copied ? "common.copied" : "settings.copySnippet")}
                  </Button>
                )}
              </CopyButton>
              <Button
                mt={8}
                ms={8}
                size="compact-sm"
                variant="default"
                onClick={() => setLinked(channel)}
              >
                {t("settings.link.open")}
              </Button>
              <Button
                mt={8}
                ms={8}
                size="compact-sm"
                variant="default"
                onClick={() => setAsking(channel)}
              >
                {t("settings.prechat.open")}
              </Button>
              <Button
                mt={8}
                ms={8}
                size="compact-sm"
                variant="default"
                onClick={() => setOpened(channel)}
              >
                {t("settings.access.open")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPlus size={16} />}
        onClick={() => setEdited("new")}
      >
        {t("settings.addChannel")}
      </Button>
      {opened ? <ChannelAccess channel={opened} close={() => setOpened(null)} /> : null}
      {linked ? <ChannelLink channel={linked} close={() => setLinked(null)} /> : null}
      {asking ? <PreChatForm channel={asking} close={() => setAsking(null)} /> : null}
      {edited ? (
        <ChannelForm channel={edited === "new" ? null : edited} close={() => setEdited(null)} />
      ) : null}
    </>
  );
}
