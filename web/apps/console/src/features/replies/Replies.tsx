import { Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { Page } from "../../shared/admin/Page.tsx";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { Categories } from "./Categories.tsx";
import { MacroRows } from "./macros/MacroRows.tsx";
import { ReplyRows } from "./ReplyRows.tsx";

const adds = { replies: "replies.add", macros: "macros.add" } as const;

/** What is kept ready for conversations; which of it is shown stands in the address. */
export function Replies() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState(() => location.hash.slice(1));
  const [adding, setAdding] = useState<"replies" | "macros" | null>(null);
  const running = can(me, "conversation.write_own");
  const filing = can(me, "settings.manage");
  const tab =
    wanted === "macros" && running
      ? "macros"
      : wanted === "wrap-up" && filing
        ? "wrap-up"
        : "replies";
  const added = () => setAdding(null);
  const show = (next: string | null) => {
    setWanted(next ?? "");
    void navigate({ to: "/replies", hash: next ?? "", replace: true });
  };
  const add =
    tab === "wrap-up" ? null : (
      <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(tab)}>
        {t(adds[tab])}
      </Button>
    );
  return (
    <Page
      title={t("replies.title")}
      hint={t(tab === "macros" ? "macros.hint" : "replies.hint")}
      actions={add}
    >
      <Tabs value={tab} onChange={show}>
        <Tabs.List mb="md">
          <Tabs.Tab value="replies">{t("replies.replies")}</Tabs.Tab>
          {running ? <Tabs.Tab value="macros">{t("macros.list")}</Tabs.Tab> : null}
          {filing ? <Tabs.Tab value="wrap-up">{t("replies.categories")}</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="replies">
          <ReplyRows adding={adding === "replies"} added={added} />
        </Tabs.Panel>
        <Tabs.Panel value="macros">
          {tab === "macros" ? <MacroRows adding={adding === "macros"} added={added} /> : null}
        </Tabs.Panel>
        <Tabs.Panel value="wrap-up">{tab === "wrap-up" ? <Categories /> : null}</Tabs.Panel>
      </Tabs>
    </Page>
  );
}
