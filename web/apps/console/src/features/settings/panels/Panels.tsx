import type { Panel } from "@frontdesk/api";
import { Button, Code, CopyButton, Text } from "@mantine/core";
import { IconLayoutSidebarRight, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../../../shared/admin/admin.module.css";
import { panelsQuery } from "../../../shared/api/panels.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";
import { PanelForm } from "./PanelForm.tsx";

/** As many as fit beside a conversation; the server refuses more. */
const MOST = 5;

/** Pages of the company's own programs that agents see beside a conversation. */
export function Panels() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Panel | "new" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const query = useQuery(panelsQuery);
  const panels = query.data;
  return (
    <>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {panels?.length === 0 ? (
        <Nothing icon={<IconLayoutSidebarRight size={28} />} title={t("panels.none")}>
          {t("panels.noneHint")}
        </Nothing>
      ) : null}
      <ul className={styles.rows} hidden={!panels?.length}>
        {panels?.map((panel) => (
          <li key={panel.id}>
            <button type="button" className={styles.row} onClick={() => setEdited(panel)}>
              <span className={styles.main}>
                <strong>{panel.name}</strong>
                <small>{panel.url}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPlus size={16} />}
        disabled={!panels || panels.length >= MOST}
        onClick={() => setEdited("new")}
      >
        {t("panels.add")}
      </Button>
      {edited ? (
        <PanelForm
          panel={edited === "new" ? null : edited}
          close={() => setEdited(null)}
          made={setSecret}
        />
      ) : null}
      {secret ? (
        <Dialog opened onClose={() => setSecret(null)} title={t("panels.secret")}>
          <Code block>{secret}</Code>
          <Text size="sm" my="sm">
            {t("panels.secretHint")}
          </Text>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{t(copied ? "common.copied" : "common.copy")}</Button>
            )}
          </CopyButton>
        </Dialog>
      ) : null}
    </>
  );
}
