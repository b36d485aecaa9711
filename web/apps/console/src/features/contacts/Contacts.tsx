import { Loader, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAddressBook, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { contactFieldsQuery, customersQuery, tagsQuery } from "../../shared/api/queries.ts";
import { usePreferences } from "../../shared/desk/preferences.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { columnsOf, usual } from "./columns.ts";
import styles from "./contacts.module.css";
import { Table } from "./Table.tsx";
import { Tools } from "./Tools.tsx";

export interface ContactSearch {
  readonly q?: string | undefined;
  readonly tag?: string | undefined;
  readonly vip?: number | undefined;
}

interface Props {
  readonly search: ContactSearch;
  readonly change: (search: ContactSearch) => void;
  readonly opened: string | undefined;
}

/** Everybody whom the organization knows. */
export function Contacts({ search, change, opened }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(search.q ?? "");
  const [q] = useDebouncedValue(text.trim(), 250);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed goes into the address
  useEffect(() => {
    if ((search.q ?? "") !== q) change({ ...search, q: q || undefined });
  }, [q]);
  const { data: fields = [] } = useQuery(contactFieldsQuery);
  const { data: tags = [] } = useQuery(tagsQuery);
  const { preferences, change: prefer } = usePreferences();
  const chosen = preferences.columns.contacts ?? usual;
  const filter = { q: q || undefined, tag_id: search.tag, vip: search.vip };
  const query = useInfiniteQuery(customersQuery(filter));
  const customers = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const columns = columnsOf(fields);
  const choose = (next: readonly string[]) => prefer({ columns: { contacts: next } });
  const filtered = q !== "" || search.tag !== undefined || search.vip !== undefined;
  const more = query.hasNextPage && !query.isFetchingNextPage;
  return (
    <section className={styles.contacts} aria-labelledby="contacts-title">
      <header className={styles.head}>
        <h1 id="contacts-title">{t("contacts.title")}</h1>
        <Tools filter={filter} columns={columns} chosen={chosen} choose={choose} />
      </header>
      <div className={styles.filters}>
        <TextInput
          type="search"
          aria-label={t("contacts.search")}
          placeholder={t("contacts.search")}
          leftSection={
            query.isFetching ? (
              <Loader size={14} aria-hidden="true" />
            ) : (
              <IconSearch size={16} aria-hidden="true" />
            )
          }
          maxLength={80}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t("history.tag")}
          data={[
            { value: "", label: t("history.anyTag") },
            ...tags.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={search.tag ?? ""}
          onChange={(event) => change({ ...search, tag: event.currentTarget.value || undefined })}
        />
        <NativeSelect
          aria-label={t("contact.vip")}
          data={[
            { value: "", label: t("contacts.anyVip") },
            ...[1, 2, 3, 4, 5].map((level) => ({
              value: String(level),
              label: t("contacts.vipFrom", { level }),
            })),
          ]}
          value={search.vip ? String(search.vip) : ""}
          onChange={(event) =>
            change({ ...search, vip: Number(event.currentTarget.value) || undefined })
          }
        />
      </div>
      {query.isError && !query.data ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && customers.length === 0 ? (
        <Nothing
          icon={<IconAddressBook size={28} />}
          title={t(filtered ? "contacts.notFound" : "contacts.none")}
        >
          {t(filtered ? "contacts.notFoundHint" : "contacts.noneHint")}
        </Nothing>
      ) : null}
      {customers.length ? (
        <Table
          customers={customers}
          columns={columns.filter(({ id }) => chosen.includes(id))}
          opened={opened}
          more={more ? () => void query.fetchNextPage() : undefined}
        />
      ) : null}
    </section>
  );
}
