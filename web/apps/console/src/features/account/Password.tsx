import type { SignInPolicy } from "@frontdesk/api";
import { ApiError } from "@frontdesk/api";
import { Button, PasswordInput, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { http, useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { notice } from "../../shared/ui/notices.ts";

function PasswordDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const { words } = useFailure();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const { data: policy } = useQuery({
    queryKey: ["sign-in-policy"],
    queryFn: ({ signal }) => http<SignInPolicy>("GET", "/v1/sign-in-policy", { signal }),
  });
  const change = useMutation({
    mutationFn: () => http("POST", "/v1/auth/password", { body: { old, new: fresh } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["devices"] });
      notice({ message: t("account.changed") });
      close();
    },
  });
  const problem = change.error ? words(change.error) : undefined;
  const aboutNew =
    change.error instanceof ApiError && change.error.wire.code !== "auth.password-wrong";
  return (
    <FormDialog
      title={t("account.change")}
      close={close}
      busy={change.isPending}
      ready={old !== "" && fresh !== ""}
      submit={() => change.mutate()}
    >
      <input type="text" autoComplete="username" value={me.agent.username} readOnly hidden />
      <PasswordInput
        data-autofocus
        label={t("account.present")}
        value={old}
        error={aboutNew ? undefined : problem}
        autoComplete="current-password"
        onChange={(event) => setOld(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("account.fresh")}
        description={policy ? t("account.rule", { count: policy.password_length }) : undefined}
        value={fresh}
        error={aboutNew ? problem : undefined}
        autoComplete="new-password"
        onChange={(event) => setFresh(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        {t("account.others")}
      </Text>
    </FormDialog>
  );
}

export function Password() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section className={styles.section}>
      <h2>{t("account.password")}</h2>
      <Button variant="default" mt="xs" onClick={() => setOpen(true)}>
        {t("account.change")}
      </Button>
      {open ? <PasswordDialog close={() => setOpen(false)} /> : null}
    </section>
  );
}
