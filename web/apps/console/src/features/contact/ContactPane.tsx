import { ActionIcon, Loader } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { contactQuery } from "../../shared/api/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import styles from "./contact.module.css";
import { Person } from "./Person.tsx";
import { Privacy } from "./Privacy.tsx";

/** A contact by itself, without a conversation beside it. */
export function ContactPane({ id, back }: { id: string; back: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(contactQuery(id));
  const contact = query.data;
  return (
    <aside className={styles.details} aria-label={t("contact.title")}>
      <ActionIcon variant="subtle" color="gray" aria-label={t("common.back")} onClick={back}>
        <IconArrowLeft size={20} />
      </ActionIcon>
      {query.isError && !contact ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? (
        <div className={styles.center}>
          <Loader size="sm" aria-label={t("common.loading")} />
        </div>
      ) : null}
      {contact ? (
        <>
          <Person contact={contact} />
          <Privacy key={id} contact={contact} erased={false} />
        </>
      ) : null}
    </aside>
  );
}
