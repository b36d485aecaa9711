import type { Device, Items } from "@frontdesk/api";
import { Button, Loader } from "@mantine/core";
import { IconApps, IconDeviceDesktop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../admin/admin.module.css";
import { useSave } from "../admin/useSave.ts";
import { fullTime } from "../format/time.ts";
import { Failed } from "../ui/Failed.tsx";
import { deviceName } from "./device.ts";
import { http } from "./session.ts";

/** Where somebody is signed in, under `path`; each can be ended, or all (one's own: all others). */
export function Devices({ path, own }: { path: string; own: boolean }) {
  const { t, i18n } = useTranslation();
  const end = useSave("devices");
  const query = useQuery({
    queryKey: ["devices", path],
    queryFn: async ({ signal }) => (await http<Items<Device>>("GET", path, { signal })).items,
  });
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loader size="sm" aria-label={t("common.loading")} />;
  const remove = (at: string) => end.mutate([{ method: "DELETE", path: at }]);
  const time = (at: number) => fullTime(at, i18n.language);
  const others = query.data.filter(({ current }) => !current);
  return (
    <>
      <ul className={styles.rows} hidden={query.data.length === 0}>
        {query.data.map((device) => (
          <li key={device.id} className={styles.row}>
            {device.application ? <IconApps size={20} /> : <IconDeviceDesktop size={20} />}
            <span className={styles.main}>
              <strong>
                {device.application ?? (deviceName(device.user_agent) || t("access.devices.other"))}
              </strong>
              <small className={styles.whole}>
                {[
                  device.address,
                  t("access.devices.since", { time: time(device.created_at) }),
                  t("access.devices.seen", { time: time(device.last_seen_at) }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
            {device.current ? (
              <span className={styles.aside}>{t("access.devices.current")}</span>
            ) : (
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                onClick={() => remove(`${path}/${device.id}`)}
              >
                {t("access.devices.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 ? (
        <Button mt="md" variant="default" loading={end.isPending} onClick={() => remove(path)}>
          {t(own ? "access.devices.endOthers" : "access.devices.endAll")}
        </Button>
      ) : null}
    </>
  );
}
