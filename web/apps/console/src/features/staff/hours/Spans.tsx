import { ActionIcon, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "./hours.module.css";
import { type Day, nextSpan, type Span, shownEnd, storedEnd } from "./week.ts";

interface Props {
  /** What the day is called: a weekday, or a date. */
  readonly day: string;
  readonly spans: Day;
  readonly set: (spans: Day) => void;
}

/** The hours of one day. */
export function Spans({ day, spans, set }: Props) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Span>) =>
    set(spans.map((span, index) => (index === at ? { ...span, ...part } : span)));
  return (
    <div className={styles.spans}>
      {spans.length === 0 ? <span className={styles.closed}>{t("hours.closed")}</span> : null}
      {spans.map(({ opens, closes }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place
        <div key={at} className={styles.span}>
          <TextInput
            type="time"
            size="xs"
            aria-label={t("hours.opens", { day })}
            value={opens}
            onChange={(event) => change(at, { opens: event.currentTarget.value })}
          />
          <span aria-hidden>–</span>
          <TextInput
            type="time"
            size="xs"
            aria-label={t("hours.closes", { day })}
            value={shownEnd(closes)}
            onChange={(event) => change(at, { closes: storedEnd(event.currentTarget.value) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("hours.remove", { day })}
            onClick={() => set(spans.filter((_, index) => index !== at))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {spans.length < 6 ? (
        <ActionIcon
          variant="subtle"
          aria-label={t("hours.add", { day })}
          onClick={() => set([...spans, nextSpan(spans)])}
        >
          <IconPlus size={14} />
        </ActionIcon>
      ) : null}
    </div>
  );
}
