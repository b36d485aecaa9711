import { Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useMe } from "../../shared/session/session.ts";
import { ticketStates, useChoices } from "../../shared/tickets/useChoices.ts";
import type { Search } from "./TicketList.tsx";
import styles from "./tickets.module.css";

/** What of the tickets is shown; it stands in the address, so that it can be kept and passed on. */
export function TicketFilters({ search }: { search: Search }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe().agent.id;
  const { agents } = useChoices();
  const [words, setWords] = useState(search.q ?? "");
  const change = (part: Search) =>
    void navigate({ to: "/tickets", search: { ...search, ...part }, replace: true });
  const look = useDebouncedCallback((q: string) => change({ q: q.trim() || undefined }), 250);
  const whose = [
    { value: me, label: t("tickets.mine") },
    { value: "nobody", label: t("tickets.nobodys") },
    ...agents.filter(({ value }) => value !== me),
  ];
  const states = [
    { value: "unsolved", label: t("tickets.unsolved") },
    ...ticketStates.map((value) => ({ value, label: t(`tickets.stateShort.${value}`) })),
    { value: "any", label: t("tickets.any") },
  ];
  return (
    <div className={styles.filters}>
      <TextInput
        size="xs"
        aria-label={t("tickets.search")}
        placeholder={t("tickets.search")}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        value={words}
        maxLength={200}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
      />
      <div className={styles.pair}>
        <Select
          size="xs"
          aria-label={t("tickets.whose")}
          placeholder={t("tickets.everybody")}
          clearable
          searchable
          data={whose}
          value={search.of ?? null}
          onChange={(of) => change({ of: of ?? undefined })}
        />
        <Select
          size="xs"
          aria-label={t("tickets.which")}
          allowDeselect={false}
          data={states}
          value={search.which ?? "unsolved"}
          onChange={(which) =>
            change({ which: [...ticketStates, "any" as const].find((each) => each === which) })
          }
        />
      </div>
    </div>
  );
}
