import { Loader } from "@mantine/core";
import { lazy, Suspense, useEffect } from "react";
import * as words from "../../../i18n/en/lookup.ts";
import { addEnglish } from "../../../i18n/i18n.ts";
import { useTranslation } from "../../../i18n/translation.tsx";
import { lookup } from "../../../shared/desk/lookup.ts";
import { useStore } from "../../../shared/store.ts";
import styles from "../contact.module.css";

addEnglish(words);

const Search = lazy(() => import("./Search.tsx"));

interface Props {
  readonly conversation: string;
  readonly back: (() => void) | undefined;
}

/** What the knowledge bases say to what the customer asks; nothing is fetched before somebody opens it. */
export function Knowledge({ conversation, back }: Props) {
  const { t } = useTranslation();
  const asked = useStore(lookup);
  const open = asked?.conversation === conversation;
  useEffect(
    () => () => {
      if (lookup.get()?.conversation === conversation) lookup.set(null);
    },
    [conversation],
  );
  return (
    <details
      className={styles.section}
      open={open}
      onToggle={({ currentTarget, target }) => {
        if (target !== currentTarget || currentTarget.open === open) return;
        lookup.set(currentTarget.open ? { conversation, write: false } : null);
      }}
    >
      <summary>{t("lookup.title")}</summary>
      {asked && open ? (
        <Suspense fallback={<Loader size="sm" aria-label={t("common.loading")} />}>
          <Search asked={asked} back={back} />
        </Suspense>
      ) : null}
    </details>
  );
}
