import type { Hours, Team } from "@frontdesk/api";
import { Button, Select, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import group from "../staff.module.css";
import { Holidays } from "./Holidays.tsx";
import styles from "./hours.module.css";
import { Spans } from "./Spans.tsx";
import { isFinished, usual, weekdays } from "./week.ts";

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** Every zone that the browser knows, with the one that was chosen whether it knows it or not. */
const zones = (chosen: string) =>
  [...new Set(["UTC", chosen, ...Intl.supportedValuesOf("timeZone")])].sort();

/** When visitors can reach a team. */
export function HoursForm({ team, close }: { team: Team; close: () => void }) {
  const { t, i18n } = useTranslation();
  const save = useSave("teams", close);
  const [hours, setHours] = useState<Hours | null>(team.hours);
  const set = (change: Partial<Hours>) => setHours((before) => before && { ...before, ...change });
  const ready = hours === null || isFinished(hours);
  const days = weekdays(i18n.language);
  return (
    <FormDialog
      title={t("hours.title", { team: team.name })}
      close={close}
      busy={save.isPending}
      ready={ready}
      size="lg"
      submit={() =>
        save.mutate([{ method: "PATCH", path: `/v1/teams/${team.id}`, body: { hours } }])
      }
    >
      <Switch
        label={t("hours.always")}
        description={t("hours.alwaysHint")}
        checked={hours === null}
        onChange={(event) =>
          setHours(event.currentTarget.checked ? null : (team.hours ?? usual(here())))
        }
      />
      {hours ? (
        <>
          <Select
            label={t("hours.zone")}
            searchable
            allowDeselect={false}
            data={zones(hours.time_zone)}
            value={hours.time_zone}
            onChange={(zone) => set({ time_zone: zone ?? hours.time_zone })}
          />
          <fieldset className={group.group}>
            <legend>{t("hours.week")}</legend>
            {hours.week.map((spans, at) => (
              <div key={days[at]} className={styles.day}>
                <span className={styles.name}>{days[at]}</span>
                <Spans
                  day={days[at] ?? ""}
                  spans={spans}
                  set={(next) =>
                    set({ week: hours.week.map((day, index) => (index === at ? next : day)) })
                  }
                />
              </div>
            ))}
            <Button
              size="xs"
              variant="subtle"
              onClick={() =>
                set({
                  week: hours.week.map((day, at) => (at < 5 ? (hours.week[0] ?? day) : day)),
                })
              }
            >
              {t("hours.copy", { day: days[0] })}
            </Button>
          </fieldset>
          <Holidays days={hours.holidays} set={(holidays) => set({ holidays })} />
          {ready ? null : (
            <p className={styles.wrong} role="alert">
              {t("hours.wrong")}
            </p>
          )}
        </>
      ) : null}
    </FormDialog>
  );
}
