import type { Hours } from "@frontdesk/api";
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import group from "../staff.module.css";
import styles from "./hours.module.css";
import { Spans } from "./Spans.tsx";

type Days = Hours["holidays"];

interface Props {
  readonly days: Days;
  readonly set: (days: Days) => void;
}

export function Holidays({ days, set }: Props) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Days[number]>) =>
    set(days.map((day, index) => (index === at ? { ...day, ...part } : day)));
  return (
    <fieldset className={group.group}>
      <legend>{t("hours.holidays")}</legend>
      <p className={group.hint}>{t("hours.holidaysHint")}</p>
      {days.map((day, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: days have no identity but their place while they are written
        <div key={at} className={styles.holiday}>
          <TextInput
            type="date"
            size="xs"
            aria-label={t("hours.date")}
            value={day.date}
            onChange={(event) => change(at, { date: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={t("common.name")}
            placeholder={t("common.name")}
            maxLength={60}
            value={day.name}
            onChange={(event) => change(at, { name: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("hours.removeDay", { day: day.date })}
            onClick={() => set(days.filter((_, index) => index !== at))}
          >
            <IconTrash size={16} />
          </ActionIcon>
          <Spans
            day={day.date}
            spans={day.intervals}
            set={(intervals) => change(at, { intervals })}
          />
        </div>
      ))}
      <Button
        size="xs"
        variant="subtle"
        disabled={days.length >= 200}
        onClick={() => set([...days, { date: "", name: "", intervals: [] }])}
      >
        {t("hours.addDay")}
      </Button>
    </fieldset>
  );
}
