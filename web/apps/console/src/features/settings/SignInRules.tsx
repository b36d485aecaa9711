import type { SignInPolicy } from "@frontdesk/api";
import { Button, Loader, NumberInput, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { useSave } from "../../shared/admin/useSave.ts";
import { http } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";

const path = "/v1/sign-in-policy";

/** What the organization asks of those who sign in. */
export function SignInRules() {
  const { t } = useTranslation();
  const [changed, setChanged] = useState<Partial<SignInPolicy>>({});
  const save = useSave("sign-in-policy", () => setChanged({}));
  const query = useQuery({
    queryKey: ["sign-in-policy"],
    queryFn: ({ signal }) => http<SignInPolicy>("GET", path, { signal }),
  });
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loader m="xl" size="sm" aria-label={t("common.loading")} />;
  const shown = { ...query.data, ...changed };
  const dirty = Object.keys(changed).length > 0;
  return (
    <>
      <div className={styles.field}>
        <div>
          <strong id="password-length">{t("signInPolicy.length")}</strong>
          <small>{t("signInPolicy.lengthHint")}</small>
        </div>
        <NumberInput
          aria-labelledby="password-length"
          min={8}
          max={64}
          allowDecimal={false}
          value={shown.password_length}
          onChange={(value) => setChanged({ ...changed, password_length: Number(value) || 0 })}
        />
      </div>
      <div className={styles.field}>
        <div>
          <strong id="second-factor">{t("signInPolicy.second")}</strong>
          <small id="second-factor-hint">{t("signInPolicy.secondHint")}</small>
        </div>
        <Switch
          aria-labelledby="second-factor"
          aria-describedby="second-factor-hint"
          checked={shown.second_factor}
          onChange={(event) =>
            setChanged({ ...changed, second_factor: event.currentTarget.checked })
          }
        />
      </div>
      <div className={styles.sticky}>
        <Button variant="default" disabled={!dirty} onClick={() => setChanged({})}>
          {t("common.cancel")}
        </Button>
        <Button
          disabled={!dirty}
          loading={save.isPending}
          onClick={() => save.mutate([{ method: "PATCH", path, body: changed }])}
        >
          {t("common.save")}
        </Button>
      </div>
    </>
  );
}
