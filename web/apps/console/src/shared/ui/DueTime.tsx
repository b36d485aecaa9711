import type { Due } from "@frontdesk/realtime";
import { IconHourglassHigh } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { elapsed, span } from "../format/time.ts";
import { useNow } from "../live/clock.ts";
import { useLive } from "../live/connection.ts";
import styles from "./ui.module.css";

const HOUR = 3_600_000;

/** The time that is left of what was promised; when it is over, by how much. */
export function TimeLeft({ due: { measure, warns_at, due_at } }: { due: Due }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const left = due_at - now;
  const late = left < 0;
  const time = left < HOUR ? elapsed(Math.abs(left)) : span(left, i18n.language);
  return (
    <span className={styles.due} data-level={late ? "late" : now < warns_at ? undefined : "soon"}>
      <IconHourglassHigh size={12} aria-hidden="true" />
      <span className="sr-only">
        {t(`due.${measure}`)} {t(late ? "due.late" : "due.left")}
      </span>{" "}
      {late ? "+" : ""}
      {time}
    </span>
  );
}

/** What is owed first in a conversation; nothing where nothing was promised. */
export function DueTime({ conversation }: { conversation: string }) {
  const due = useLive((state) => state.owed[conversation]?.due[0]);
  return due ? <TimeLeft due={due} /> : null;
}
