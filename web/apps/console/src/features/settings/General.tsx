import type { SettingValue } from "@frontdesk/api";
import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { useSave } from "../../shared/admin/useSave.ts";
import { settingsQuery } from "../../shared/api/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Field } from "./Field.tsx";
import { groups } from "./fields.ts";

/** Only what somebody has touched is sent; what the server does not know is not shown. */
export function General() {
  const { t } = useTranslation();
  const query = useQuery(settingsQuery);
  const [changed, setChanged] = useState<Readonly<Record<string, SettingValue>>>({});
  const save = useSave("settings", () => setChanged({}));
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loader m="xl" size="sm" aria-label={t("common.loading")} />;
  const { settings, defaults } = query.data;
  const dirty = Object.keys(changed).length > 0;
  return (
    <>
      {Object.entries(groups).map(([group, names]) => {
        const known = names.filter((name) => name in settings);
        if (known.length === 0) return null;
        return (
          <section key={group} className={styles.section}>
            <h2>{t(`settings.group.${group as keyof typeof groups}`)}</h2>
            {known.map((name) => (
              <Field
                key={name}
                name={name}
                value={changed[name] ?? settings[name] ?? 0}
                standard={defaults[name]}
                change={(value) => setChanged({ ...changed, [name]: value })}
              />
            ))}
          </section>
        );
      })}
      <div className={styles.sticky}>
        <Button variant="default" disabled={!dirty} onClick={() => setChanged({})}>
          {t("common.cancel")}
        </Button>
        <Button
          disabled={!dirty}
          loading={save.isPending}
          onClick={() => save.mutate([{ method: "PATCH", path: "/v1/settings", body: changed }])}
        >
          {t("common.save")}
        </Button>
      </div>
    </>
  );
}
