import type { Items, Passkey, PasskeysOffer } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { fullTime } from "../../shared/format/time.ts";
import { hasPasskeys } from "../../shared/passkeys/browser.ts";
import { http } from "../../shared/session/session.ts";
import { AddPasskey } from "./AddPasskey.tsx";
import { PasskeyForm } from "./PasskeyForm.tsx";

/** One's own passkeys. Where none can be made there is nothing to see, unless there are some. */
export function Passkeys() {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState<Passkey | "new" | null>(null);
  const close = () => setOpen(null);
  const { data: here } = useQuery({
    queryKey: ["passkeys-here"],
    queryFn: ({ signal }) => http<PasskeysOffer>("GET", "/v1/auth/passkey", { signal }),
  });
  const { data: keys } = useQuery({
    queryKey: ["passkeys"],
    queryFn: async ({ signal }) =>
      (await http<Items<Passkey>>("GET", "/v1/me/passkeys", { signal })).items,
  });
  const possible = hasPasskeys && here?.available === true;
  if (!keys || (!possible && keys.length === 0)) return null;
  const time = (at: number) => fullTime(at, i18n.language);
  return (
    <section className={styles.section}>
      <h2>{t("passkeys.title")}</h2>
      <p>{t("passkeys.hint")}</p>
      <ul className={styles.rows} hidden={keys.length === 0}>
        {keys.map((key) => (
          <li key={key.id}>
            <button type="button" className={styles.row} onClick={() => setOpen(key)}>
              <IconKey size={20} />
              <span className={styles.main}>
                <strong>{key.name}</strong>
                <small>
                  {[
                    t("passkeys.since", { time: time(key.created_at) }),
                    key.used_at === null
                      ? t("passkeys.unused")
                      : t("access.devices.seen", { time: time(key.used_at) }),
                  ].join(" · ")}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {possible ? (
        <Button mt="md" variant="default" onClick={() => setOpen("new")}>
          {t("passkeys.add")}
        </Button>
      ) : null}
      {open === "new" ? <AddPasskey close={close} /> : null}
      {open && open !== "new" ? <PasskeyForm passkey={open} close={close} /> : null}
    </section>
  );
}
