import type { Channel } from "@frontdesk/api";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import { agentsQuery } from "../../../shared/api/queries.ts";
import styles from "./channel.module.css";
import { type ChannelDraft, draftOf, shownDraft } from "./draft.ts";
import { Entry } from "./Entry.tsx";
import { Look } from "./Look.tsx";
import { Preview } from "./Preview.tsx";
import { Triggers } from "./Triggers.tsx";
import { useHelp } from "./useHelp.ts";
import type { Palette } from "./usePreview.ts";
import { Words } from "./Words.tsx";

export interface PartProps {
  readonly draft: ChannelDraft;
  readonly set: (change: Partial<ChannelDraft>) => void;
}

/** A channel with its look, and beside it the chat as visitors will meet it. */
export function ChannelForm({ channel, close }: { channel: Channel | null; close: () => void }) {
  const { t } = useTranslation();
  const save = useSave("channels", close);
  const { data: agents = [] } = useQuery(agentsQuery);
  const [code, setCode] = useState(channel?.code ?? "");
  const [draft, setDraft] = useState(() => draftOf(channel));
  const [palette, setPalette] = useState<Palette | null>(null);
  const help = useHelp(channel?.id ?? null);
  const set = (change: Partial<ChannelDraft>) => setDraft((before) => ({ ...before, ...change }));
  const path = channel ? `/v1/channels/${channel.id}` : "/v1/channels";
  const body = channel ? draft : { ...draft, code: code.trim() };
  return (
    <FormDialog
      title={channel?.name ?? t("settings.addChannel")}
      size="1240px"
      close={close}
      busy={save.isPending}
      ready={draft.name.trim() !== "" && (channel !== null || code.trim() !== "")}
      submit={() =>
        save.mutate([{ method: channel ? "PATCH" : "POST", path, body }, ...help.changes])
      }
    >
      <div className={styles.sides}>
        <Tabs defaultValue="entry" keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="entry">{t("settings.channel.entry")}</Tabs.Tab>
            <Tabs.Tab value="look">{t("settings.channel.look")}</Tabs.Tab>
            <Tabs.Tab value="words">{t("settings.channel.wordsTab")}</Tabs.Tab>
            <Tabs.Tab value="triggers">{t("settings.triggers.title")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="entry">
            <Entry
              draft={draft}
              set={set}
              code={channel ? null : code}
              setCode={setCode}
              help={help}
            />
          </Tabs.Panel>
          <Tabs.Panel value="look">
            <Look draft={draft} set={set} palette={palette} />
          </Tabs.Panel>
          <Tabs.Panel value="words">
            <Words draft={draft} set={set} />
          </Tabs.Panel>
          <Tabs.Panel value="triggers">
            <Triggers draft={draft} set={set} />
          </Tabs.Panel>
        </Tabs>
        <Preview draft={shownDraft(draft, agents)} told={setPalette} />
      </div>
    </FormDialog>
  );
}
