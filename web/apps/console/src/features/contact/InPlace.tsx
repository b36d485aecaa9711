import { Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./contact.module.css";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly type: "text" | "email" | "tel";
  readonly lines: boolean;
  readonly required: boolean;
  readonly locked: boolean;
  readonly save: (value: string) => void;
}

/** A fact that is edited where it stands: leaving or Enter keeps the change, Esc takes it back. */
export function InPlace({ label, value, type, lines, required, locked, save }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);

  const keep = () => {
    const next = text.trim();
    if (next === value || (required && !next)) setText(value);
    else save(next);
  };
  const keys = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      event.currentTarget.blur();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setText(value);
      // The blur that follows must see the old value.
      const field = event.currentTarget;
      requestAnimationFrame(() => field.blur());
    }
  };
  const common = {
    id,
    value: text,
    variant: "unstyled",
    readOnly: locked,
    placeholder: t("contact.add"),
    classNames: { root: styles.inPlace ?? "", input: styles.input ?? "" },
    onBlur: keep,
    onKeyDown: keys,
  } as const;
  return (
    <div className={styles.fact}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {lines ? (
        <Textarea
          {...common}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={2000}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...common}
          type={type}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
