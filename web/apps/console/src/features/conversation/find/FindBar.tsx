import { ActionIcon, Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useFailure } from "../../../shared/ui/failure.ts";
import styles from "./find.module.css";
import { dayQuery, findQuery } from "./queries.ts";

interface Props {
  readonly conversation: string;
  readonly opened: number;
  /** Brings an entry into view. */
  readonly show: (seq: number) => void;
  readonly close: () => void;
}

const two = (part: number) => String(part).padStart(2, "0");
const dayOf = (at: number) => {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** A word of this conversation, newest first, or a day of it. */
export default function FindBar({ conversation, opened, show, close }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const [text, setText] = useState("");
  const [place, setPlace] = useState(0);
  const [q] = useDebouncedValue(text.trim(), 200);
  const { data, isFetching, isError, error } = useQuery(findQuery(conversation, q));
  const items = (q && data?.items) || [];

  // biome-ignore lint/correctness/useExhaustiveDependencies: only new findings move the view
  useEffect(() => {
    setPlace(0);
    if (items[0]) show(items[0].seq);
  }, [data]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure is told once
  useEffect(() => {
    if (isError) failure.show(error);
  }, [isError]);

  const step = (by: number) => {
    const next = (place + by + items.length) % items.length;
    const item = items[next];
    if (!item) return;
    setPlace(next);
    show(item.seq);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const toDay = async (day: string) => {
    if (!day) return;
    const { seq } = await dayQuery(conversation, new Date(`${day}T00:00`).getTime());
    if (seq) show(seq);
  };

  return (
    <search className={styles.bar} aria-label={t("conversation.find.title")}>
      <TextInput
        className={styles.field ?? ""}
        size="xs"
        type="search"
        aria-label={t("conversation.find.words")}
        placeholder={t("conversation.find.words")}
        leftSection={
          isFetching ? (
            <Loader size={12} aria-hidden="true" />
          ) : (
            <IconSearch size={14} aria-hidden="true" />
          )
        }
        value={text}
        maxLength={100}
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <span className={styles.count} role="status">
        {items.length
          ? t(data?.more ? "conversation.find.placeOfMany" : "conversation.find.place", {
              place: place + 1,
              count: items.length,
            })
          : q && data && !isFetching
            ? t("conversation.find.none")
            : ""}
      </span>
      <ActionIcon
        data-hint={t("conversation.find.older")}
        variant="subtle"
        color="gray"
        aria-label={t("conversation.find.older")}
        disabled={items.length < 2}
        onClick={() => step(1)}
      >
        <IconChevronUp size={16} />
      </ActionIcon>
      <ActionIcon
        data-hint={t("conversation.find.newer")}
        variant="subtle"
        color="gray"
        aria-label={t("conversation.find.newer")}
        disabled={items.length < 2}
        onClick={() => step(-1)}
      >
        <IconChevronDown size={16} />
      </ActionIcon>
      <TextInput
        className={styles.day ?? ""}
        size="xs"
        type="date"
        aria-label={t("conversation.find.day")}
        min={dayOf(opened)}
        max={dayOf(Date.now())}
        onChange={(event) => void toDay(event.currentTarget.value).catch(failure.show)}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("conversation.find.close")}
        onClick={close}
      >
        <IconX size={16} />
      </ActionIcon>
    </search>
  );
}
