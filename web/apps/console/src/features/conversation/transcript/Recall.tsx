import type { EntryOf } from "@frontdesk/realtime";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useNow } from "../../../shared/live/clock.ts";
import { useConnection } from "../../../shared/live/connection.ts";
import { useMe } from "../../../shared/session/session.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import { recallable } from "./lines.ts";
import styles from "./message.module.css";

interface Props {
  readonly entry: EntryOf<"message">;
  readonly conversation: string;
  readonly seconds: number;
  readonly drawn: boolean;
  readonly draw: () => void;
}

/** Takes one's own message back, for as long as that is possible. */
export function Recall({ entry, conversation, seconds, drawn, draw }: Props) {
  const { t } = useTranslation();
  const connection = useConnection();
  const failure = useFailure();
  const me = useMe().agent.id;
  if (!recallable(entry, me, useNow(), seconds)) return null;
  const label = t("conversation.recall");
  return (
    <button
      type="button"
      className={styles.tool}
      onFocus={draw}
      title={label}
      aria-label={label}
      onClick={() => void connection.recall(conversation, entry.seq).catch(failure.show)}
    >
      {drawn ? <IconArrowBackUp size={15} /> : null}
    </button>
  );
}
