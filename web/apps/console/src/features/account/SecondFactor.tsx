import type { FactorStatus } from "@frontdesk/api";
import { Button, Group, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { fullTime } from "../../shared/format/time.ts";
import { http } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { EnableDialog } from "./EnableDialog.tsx";
import { ProofDialog } from "./ProofDialog.tsx";

const dialogs = { enable: EnableDialog, renew: ProofDialog, disable: ProofDialog } as const;

/** One's own authenticator app and what is left of the recovery codes. */
export function SecondFactor() {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState<keyof typeof dialogs | null>(null);
  const query = useQuery({
    queryKey: ["second-factor"],
    queryFn: ({ signal }) => http<FactorStatus>("GET", "/v1/me/second-factor", { signal }),
  });
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const status = query.data;
  const Shown = open ? dialogs[open] : null;
  return (
    <section className={styles.section}>
      <h2>{t("secondFactor.section")}</h2>
      <p>
        {status?.enabled
          ? [
              t("secondFactor.on", { time: fullTime(status.since ?? 0, i18n.language) }),
              t("secondFactor.left", { count: status.recovery_codes }),
              status.required ? t("secondFactor.required") : "",
            ].join(" ")
          : t("secondFactor.off")}
      </p>
      {status ? (
        <Group gap="xs">
          {status.enabled ? (
            <Button variant="default" onClick={() => setOpen("renew")}>
              {t("secondFactor.renew")}
            </Button>
          ) : (
            <Button onClick={() => setOpen("enable")}>{t("secondFactor.enable")}</Button>
          )}
          {status.enabled && !status.required ? (
            <Button variant="subtle" color="red" onClick={() => setOpen("disable")}>
              {t("secondFactor.disable")}
            </Button>
          ) : null}
        </Group>
      ) : (
        <Loader size="sm" aria-label={t("common.loading")} />
      )}
      {Shown && open ? (
        <Shown deed={open === "disable" ? "disable" : "renew"} close={() => setOpen(null)} />
      ) : null}
    </section>
  );
}
