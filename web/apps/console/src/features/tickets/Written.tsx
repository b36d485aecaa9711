import { Textarea } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import styles from "./tickets.module.css";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  /** One line, which may not be empty: Enter keeps it. */
  readonly line?: boolean;
  readonly placeholder?: string;
  /** Resolves to whether it was kept. */
  readonly save: (value: string) => Promise<boolean>;
}

/** Words that are edited where they stand: leaving keeps the change, Esc takes it back. What is refused stays to be sent again. */
export function Written({ label, value, most, line, placeholder, save }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const dropped = useRef(false);
  const keep = () => {
    if (dropped.current) {
      dropped.current = false;
      setDraft(null);
      return;
    }
    const next = draft?.trim();
    if (next === undefined || next === value || (line && !next)) setDraft(null);
    else void save(next).then((kept) => kept && setDraft(null));
  };
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (line || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      event.currentTarget.blur();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      dropped.current = true;
      event.currentTarget.blur();
    }
  };
  return (
    <Textarea
      aria-label={label}
      autosize
      minRows={1}
      maxRows={24}
      maxLength={most}
      variant="unstyled"
      placeholder={placeholder ?? ""}
      classNames={{ input: (line ? styles.subject : styles.words) ?? "" }}
      value={draft ?? value}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={keys}
    />
  );
}
