import type { Contact } from "@frontdesk/api";
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { contactQuery } from "../../../shared/api/queries.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Compare } from "./Compare.tsx";
import { Finder } from "./Finder.tsx";

interface Props {
  readonly contact: Contact;
  /** The id of the other one, where it is known already. */
  readonly other: string | null;
  readonly close: () => void;
}

/** Finds the other record of somebody, and makes one of both. */
export default function MergeDialog({ contact, other, close }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(other);
  const query = useQuery({ ...contactQuery(chosen ?? ""), enabled: chosen !== null });
  return (
    <Dialog opened onClose={close} title={t("merging.dialog")} size={chosen ? "xl" : "md"}>
      {chosen === null ? <Finder contact={contact} choose={setChosen} /> : null}
      {chosen && query.isPending ? <Loader aria-label={t("common.loading")} /> : null}
      {chosen && query.isError && !query.data ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {chosen && query.data ? (
        <Compare
          key={chosen}
          opened={contact}
          found={query.data}
          back={() => setChosen(null)}
          close={close}
        />
      ) : null}
    </Dialog>
  );
}
