import type { IdentityProvider, Items } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { http } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { ProviderForm } from "./ProviderForm.tsx";

interface Answer extends Items<IdentityProvider> {
  readonly redirect_uri: string;
}

/** The company's own sign-ins that let people in here. */
export function Providers() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<IdentityProvider | "new" | null>(null);
  const query = useQuery({
    queryKey: ["providers"],
    queryFn: ({ signal }) => http<Answer>("GET", "/v1/identity-providers", { signal }),
  });
  return (
    <>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data?.items.length === 0 ? (
        <Nothing icon={<IconKey size={28} />} title={t("access.sso.none")}>
          {t("access.sso.noneHint")}
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
                <small>{one.issuer}</small>
              </span>
              <span className={styles.aside}>
                {one.enabled ? one.domains.join(" ") : t("access.apps.disabled")}
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
        {t("access.sso.add")}
      </Button>
      {edited && query.data ? (
        <ProviderForm
          provider={edited === "new" ? null : edited}
          callback={query.data.redirect_uri}
          close={() => setEdited(null)}
        />
      ) : null}
    </>
  );
}
