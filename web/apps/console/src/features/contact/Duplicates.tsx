import type { Contact, Items } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { IconArrowMerge } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import * as words from "../../i18n/en/merging.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { useCommands } from "../../shared/commands/commands.ts";
import { http } from "../../shared/session/session.ts";
import { Face } from "../../shared/ui/Face.tsx";
import styles from "./contact.module.css";

addEnglish(words);

const MergeDialog = lazy(() => import("./merging/MergeDialog.tsx"));

/** Who may be the same person, and merging with whomever one knows it of. */
export function Duplicates({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  // Undefined: nobody asks. Null: the other one is still to be found.
  const [asking, setAsking] = useState<string | null | undefined>(undefined);
  useCommands({ merge: () => setAsking(null) });
  const { data = [] } = useQuery({
    queryKey: ["contact", contact.id, "duplicates"],
    queryFn: async ({ signal }) =>
      (await http<Items<Contact>>("GET", `/v1/contacts/${contact.id}/duplicates`, { signal }))
        .items,
  });
  return (
    <section className={styles.section} aria-label={t("merging.title")}>
      {data.length ? (
        <div className={styles.same}>
          <h3>{t("merging.title")}</h3>
          <ul>
            {data.map(({ id, name }) => (
              <li key={id}>
                <Face id={id} name={name} size={26} />
                <span>
                  <bdi>{name}</bdi>
                  <small>{t("merging.same")}</small>
                </span>
                <Button size="compact-sm" variant="default" onClick={() => setAsking(id)}>
                  {t("merging.compare")}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconArrowMerge size={15} />}
        onClick={() => setAsking(null)}
      >
        {t("merging.start")}
      </Button>
      {asking === undefined ? null : (
        <Suspense>
          <MergeDialog contact={contact} other={asking} close={() => setAsking(undefined)} />
        </Suspense>
      )}
    </section>
  );
}
