import type { ContactField, FieldKind, FieldValue } from "@frontdesk/api";
import { ActionIcon, NativeSelect } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { safeHref } from "../../shared/format/links.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import styles from "./contact.module.css";
import { InPlace } from "./InPlace.tsx";

interface Props {
  readonly field: ContactField;
  readonly value: FieldValue | undefined;
  readonly version: number;
  readonly locked: boolean;
  readonly save: (value: FieldValue | null, seen: number) => Promise<unknown>;
}

const types = { text: "text", number: "decimal", date: "date", link: "url" } as const;

/** What was typed, as the field's kind has it; what is no number goes as it is, and the server says so. */
function typed(kind: FieldKind, text: string): FieldValue | null {
  if (text === "") return null;
  const number = Number(text.replace(",", "."));
  return kind === "number" && Number.isFinite(number) ? number : text;
}

function Chosen({ field, value, version, locked, save }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const id = useId();
  const yes = field.kind === "boolean";
  const shown = value === undefined ? "" : String(value);
  const choices = yes
    ? [
        { value: "true", label: t("fields.yes") },
        { value: "false", label: t("fields.no") },
      ]
    : // What is no longer a choice stays until another one is chosen.
      [...new Set([...field.choices, ...(shown ? [shown] : [])])].map((choice) => ({
        value: choice,
        label: choice,
      }));
  return (
    <div className={styles.fact}>
      <label className={styles.label} htmlFor={id}>
        {field.label}
      </label>
      <NativeSelect
        id={id}
        variant="unstyled"
        disabled={locked}
        classNames={{ root: styles.inPlace ?? "", input: styles.input ?? "" }}
        data={[{ value: "", label: locked ? "" : t("contact.add") }, ...choices]}
        value={shown}
        onChange={(event) => {
          const next = event.currentTarget.value;
          const chosen = yes && next ? next === "true" : next || null;
          save(chosen, version).catch(failure.show);
        }}
      />
    </div>
  );
}

/** One of the organization's own fields, edited where it stands. */
export function OwnField(props: Props) {
  const { t } = useTranslation();
  const { field, value, save, ...rest } = props;
  if (field.kind === "choice" || field.kind === "boolean") return <Chosen {...props} />;
  const href = field.kind === "link" ? safeHref(String(value ?? "")) : undefined;
  return (
    <InPlace
      {...rest}
      label={field.label}
      value={value === undefined ? "" : String(value)}
      type={types[field.kind]}
      save={(text, seen) => save(typed(field.kind, text), seen)}
      aside={
        href ? (
          <ActionIcon
            component="a"
            variant="subtle"
            color="gray"
            size="sm"
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            aria-label={t("fields.open", { label: field.label })}
          >
            <IconExternalLink size={15} />
          </ActionIcon>
        ) : null
      }
    />
  );
}
