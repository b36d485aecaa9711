import type { EntryOf } from "@frontdesk/realtime";
import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { translateAlways, translateMessage, useAsked } from "./asked.ts";
import { translatedQuery } from "./queries.ts";
import styles from "./translation.module.css";
import { useWhyNot } from "./useWhyNot.ts";

interface Props {
  readonly conversation: string;
  readonly entry: EntryOf<"message">;
}

/** Under the original, for whoever asked: once by its button, or for all that the visitor says here. */
export function Translated({ conversation, entry }: Props) {
  const { t, i18n } = useTranslation();
  const whyNot = useWhyNot();
  const { one, always } = useAsked(conversation, entry.seq);
  const asked = one || (always && entry.sender.kind === "visitor");
  const to = i18n.language;
  const { data, error, isFetching, refetch } = useQuery(
    translatedQuery(conversation, entry.seq, to, asked),
  );
  if (!asked) return null;
  return (
    <div className={styles.translated} role="status">
      {isFetching ? (
        <span className={styles.small}>
          <Loader size={12} /> {t("translation.asking")}
        </span>
      ) : null}
      {data === undefined || isFetching ? null : (
        <p lang={to} dir="auto">
          {data}
        </p>
      )}
      {error && !isFetching ? (
        <span className={styles.small}>
          {whyNot(error)}
          <Button size="compact-xs" variant="subtle" onClick={() => void refetch()}>
            {t("common.retry")}
          </Button>
        </span>
      ) : null}
      <span className={styles.small}>
        {t("translation.of")}
        {one && !always ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => translateMessage(conversation, entry.seq, false)}
          >
            {t("translation.hide")}
          </Button>
        ) : null}
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => translateAlways(conversation, !always)}
        >
          {t(always ? "translation.stop" : "translation.always")}
        </Button>
      </span>
    </div>
  );
}
