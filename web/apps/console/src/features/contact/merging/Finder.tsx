import type { Contact } from "@frontdesk/api";
import { Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { customersQuery } from "../../../shared/api/queries.ts";
import { Face } from "../../../shared/ui/Face.tsx";
import styles from "./merging.module.css";

interface Props {
  /** Whom the other one is merged with; not offered. */
  readonly contact: Contact;
  readonly choose: (id: string) => void;
}

const most = 20;

/** Finds the other record of the same person. */
export function Finder({ contact, choose }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 200);
  const query = useInfiniteQuery({ ...customersQuery({ q }), enabled: q !== "" });
  const found = (q ? (query.data?.pages[0]?.items ?? []) : [])
    .map((customer) => customer.contact)
    .filter(({ id }) => id !== contact.id)
    .slice(0, most);
  return (
    <>
      <TextInput
        data-autofocus
        type="search"
        label={t("merging.find")}
        placeholder={t("merging.findHint")}
        maxLength={80}
        leftSection={
          query.isFetching ? (
            <Loader size={14} aria-hidden="true" />
          ) : (
            <IconSearch size={15} aria-hidden="true" />
          )
        }
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = found[0];
          if (event.key === "Enter" && !event.nativeEvent.isComposing && first) choose(first.id);
        }}
      />
      <ul className={styles.found}>
        {found.map(({ id, name, email, phone, company }) => (
          <li key={id}>
            <button type="button" className={styles.person} onClick={() => choose(id)}>
              <Face id={id} name={name} size={32} />
              <span>
                <bdi>{name}</bdi>
                <small>{[email, phone, company].filter(Boolean).join(" · ")}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {q && query.isSuccess && !query.isFetching && found.length === 0 ? (
        <p className={styles.none}>{t("merging.none")}</p>
      ) : null}
    </>
  );
}
