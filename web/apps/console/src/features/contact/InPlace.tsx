import { Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useFailure } from "../../shared/ui/failure.ts";
import styles from "./contact.module.css";
import { Refused } from "./Refused.tsx";

export interface Place {
  readonly label: string;
  readonly value: string;
  /** Of what is shown; a change is made against the version in which it began. */
  readonly version: number;
  readonly locked: boolean;
  readonly save: (value: string, seen: number) => Promise<unknown>;
}

interface Props extends Place {
  readonly type: "text" | "email" | "tel" | "date" | "url" | "decimal";
  readonly lines?: boolean;
  readonly required?: boolean;
  readonly aside?: ReactNode;
}

interface Draft {
  readonly text: string;
  readonly seen: number;
}

/** A fact that is edited where it stands: leaving or Enter keeps the change, Esc takes it back. */
export function InPlace({
  label,
  value,
  version,
  locked,
  save,
  type,
  lines,
  required,
  aside,
}: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const id = useId();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [refused, setRefused] = useState<{ text: string; why: string } | null>(null);

  const write = (text: string) => setDraft((held) => ({ text, seen: held?.seen ?? version }));
  const keep = () => {
    setDraft(null);
    const next = draft?.text.trim();
    if (!draft || next === undefined || next === value || (required && !next)) return;
    setRefused(null);
    save(next, draft.seen).catch((error: unknown) =>
      setRefused({ text: next, why: failure.words(error) }),
    );
  };
  const keys = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      event.currentTarget.blur();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setDraft(null);
      // The blur that follows must see the old value.
      const left = event.currentTarget;
      requestAnimationFrame(() => left.blur());
    }
  };
  const again = (text: string) => {
    write(text);
    setRefused(null);
    field.current?.focus();
  };
  const common = {
    id,
    ref: field,
    value: draft?.text ?? value,
    variant: "unstyled",
    readOnly: locked,
    "data-empty": (draft?.text ?? value) === "" || undefined,
    "data-aside": aside ? true : undefined,
    placeholder: locked ? "" : t("contact.add"),
    classNames: { root: styles.inPlace ?? "", input: styles.input ?? "" },
    onBlur: keep,
    onKeyDown: keys,
    onChange: (event: { currentTarget: { value: string } }) => write(event.currentTarget.value),
  } as const;
  return (
    <>
      <div className={styles.fact}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {lines ? (
          <Textarea {...common} autosize minRows={1} maxRows={8} maxLength={2000} />
        ) : (
          <TextInput
            {...common}
            type={type === "decimal" ? "text" : type}
            {...(type === "decimal" ? { inputMode: "decimal" } : {})}
            maxLength={type === "url" ? 2000 : 500}
            {...(aside ? { rightSection: aside } : {})}
          />
        )}
      </div>
      {refused ? (
        <Refused {...refused} again={() => again(refused.text)} discard={() => setRefused(null)} />
      ) : null}
    </>
  );
}
