import type { Application } from "@frontdesk/api";
import { Button, Code, CopyButton, Text } from "@mantine/core";
import { IconApps, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { ApplicationForm } from "./ApplicationForm.tsx";

interface Clients {
  readonly items: readonly Application[];
  readonly scopes: readonly string[];
}

/** Programs that sign people in here, or act for themselves. */
export function Applications() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Application | "new" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["applications"],
    queryFn: ({ signal }) => http<Clients>("GET", "/v1/oauth/clients", { signal }),
  });
  return (
    <>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data?.items.length === 0 ? (
        <Nothing icon={<IconApps size={28} />} title={t("access.apps.none")}>
          {t("access.apps.noneHint")}
        </Nothing>
      ) : null}
      <ul className={styles.rows} hidden={!query.data?.items.length}>
        {query.data?.items.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={styles.row}
              data-off={!one.enabled || undefined}
              onClick={() => setEdited(one)}
            >
              <span className={styles.main}>
                <strong>{one.name}</strong>
                <small>{one.client_id}</small>
              </span>
              <span className={styles.aside}>
                {one.enabled ? one.scopes.join(" ") : t("access.apps.disabled")}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button
        mt="md"
        variant="default"
        leftSection={<IconPlus size={16} />}
        disabled={!query.data}
        onClick={() => setEdited("new")}
      >
        {t("access.apps.add")}
      </Button>
      {edited && query.data ? (
        <ApplicationForm
          application={edited === "new" ? null : edited}
          known={query.data.scopes}
          close={() => setEdited(null)}
          made={setSecret}
        />
      ) : null}
      {secret ? (
        <Dialog opened onClose={() => setSecret(null)} title={t("access.apps.secret")}>
          <Code block>{secret}</Code>
          <Text size="sm" my="sm">
            {t("settings.access.once")}
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
