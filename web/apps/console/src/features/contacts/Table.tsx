import type { Customer } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { tagsQuery } from "../../shared/api/queries.ts";
import { Face } from "../../shared/ui/Face.tsx";
import { Cell } from "./Cell.tsx";
import type { Column } from "./columns.ts";
import styles from "./contacts.module.css";
import { useColumnName } from "./useColumnName.ts";

interface Props {
  readonly customers: readonly Customer[];
  readonly columns: readonly Column[];
  readonly opened: string | undefined;
  /** Fetches the next page; undefined when there is none, or it is on its way. */
  readonly more: (() => void) | undefined;
}

const rowHeight = 48;

/** Rows that are drawn only where they are seen; the next page comes before its end is reached. */
export function Table({ customers, columns, opened, more }: Props) {
  const { t } = useTranslation();
  const nameOf = useColumnName();
  const { data } = useQuery(tagsQuery);
  const tags = useMemo(() => new Map(data?.map((tag) => [tag.id, tag])), [data]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: customers.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    getItemKey: (index) => customers[index]?.contact.id ?? index,
  });
  const rows = virtual.getVirtualItems();
  const end = (rows.at(-1)?.index ?? 0) >= customers.length - 15;
  useEffect(() => {
    if (end) more?.();
  }, [end, more]);
  const template = { gridTemplateColumns: `220px repeat(${columns.length}, minmax(130px, 1fr))` };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <div ref={scroller} className={styles.scroller} tabIndex={0}>
      <table
        aria-label={t("contacts.title")}
        aria-rowcount={more ? -1 : customers.length + 1}
        className={styles.table}
        style={{ minWidth: 220 + columns.length * 130 }}
      >
        <thead className={styles.top}>
          <tr className={styles.row} style={template}>
            <th scope="col">{t("contact.name")}</th>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {nameOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, key, start }) => {
            const customer = customers[index] as Customer;
            const { id, name } = customer.contact;
            return (
              <tr
                key={key}
                aria-rowindex={index + 2}
                className={styles.row}
                data-opened={id === opened || undefined}
                style={{ ...template, transform: `translateY(${start}px)` }}
              >
                <td>
                  <Link
                    to="/contacts"
                    search={(before) => ({ ...before, open: id })}
                    className={styles.name}
                    title={name}
                  >
                    <Face id={id} name={name} size={28} />
                    <bdi>{name}</bdi>
                  </Link>
                </td>
                {columns.map((column) => (
                  <td key={column.id}>
                    <Cell column={column} customer={customer} tags={tags} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
