import { useEffect, useRef, useState } from "preact/hooks";
import { type AskedLine, checkForm, type FormErrors } from "../model/prechat.ts";
import { useShared } from "./context.ts";
import { Field } from "./Field.tsx";

/** What the channel asks before anything is written. */
export function PreChat() {
  const { chat, t } = useShared();
  const { prechat } = chat;
  const [values, setValues] = useState(prechat.values);
  const [errors, setErrors] = useState<FormErrors>(prechat.errors);
  const root = useRef<HTMLFormElement>(null);
  const { errors: refused } = prechat;

  function show(found: FormErrors): void {
    setErrors(found);
    const [first] = Object.keys(found);
    if (first) root.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first)}"]`)?.focus();
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the server says anew is shown
  useEffect(() => show(refused), [refused]);

  function onValue(id: string, text: string): void {
    const next = { ...values, [id]: text };
    setValues(next);
    prechat.type(id, text);
    if (Object.keys(errors).length > 0) setErrors(checkForm(prechat.lines, next));
  }

  function send(event: Event): void {
    event.preventDefault();
    const found = checkForm(prechat.lines, values);
    show(found);
    if (Object.keys(found).length === 0) chat.start();
  }

  const labelOf = ({ kind, label }: AskedLine) =>
    label ||
    (kind === "name" || kind === "email" || kind === "phone"
      ? t(`leave.${kind}`)
      : kind === "team"
        ? t("prechat.team")
        : "");
  return (
    <form class="card prechat" ref={root} noValidate onSubmit={send}>
      <h2>{t("prechat.title")}</h2>
      {prechat.lines.map((line) => {
        const error = errors[line.id];
        return (
          <Field
            key={line.id}
            name={line.id}
            kind={line.kind === "team" || line.options.length > 0 ? "choice" : line.kind}
            label={labelOf(line)}
            value={values[line.id] ?? ""}
            error={error && t(error)}
            required={line.required}
            rows={2}
            options={line.options}
            onValue={onValue}
          />
        );
      })}
      <button type="submit" class="button primary wide">
        {t("prechat.start")}
      </button>
    </form>
  );
}
