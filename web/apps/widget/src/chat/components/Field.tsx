import { useId } from "preact/hooks";
import { useShared } from "./context.ts";

const INPUTS = {
  name: { type: "text", autocomplete: "name" },
  phone: { type: "tel", autocomplete: "tel" },
  email: { type: "email", autocomplete: "email" },
  line: { type: "text", autocomplete: "off" },
  number: { type: "text", autocomplete: "off", inputMode: "decimal" },
  date: { type: "date", autocomplete: "off" },
  link: { type: "url", autocomplete: "url" },
} as const;

interface FieldProps {
  name: string;
  kind: keyof typeof INPUTS | "text" | "choice" | "boolean";
  label: string;
  value: string;
  error: string | undefined;
  required?: boolean;
  rows?: number;
  options?: readonly { value: string; label: string }[];
  onValue: (name: string, value: string) => void;
}

/** A line of a form with its label and what is wrong with it. What is ticked has the value `yes`. */
export function Field(props: FieldProps) {
  const { name, kind, label, value, error, required = false, onValue } = props;
  const { t } = useShared();
  const id = useId();
  const shared = {
    id,
    name,
    required,
    "aria-invalid": error !== undefined,
    "aria-describedby": error ? `${id}e` : undefined,
  };
  const typed = {
    ...shared,
    value,
    dir: value ? ("auto" as const) : undefined,
    onInput: (event: { currentTarget: { value: string } }) =>
      onValue(name, event.currentTarget.value),
  };
  const words = (
    <label for={id}>
      {label}
      {required && <span class="required">{t("leave.required")}</span>}
    </label>
  );
  return (
    <div class={`field${error ? " wrong" : ""}${kind === "boolean" ? " tick" : ""}`}>
      {kind !== "boolean" && words}
      {kind === "text" ? (
        <textarea rows={props.rows ?? 5} maxLength={2000} {...typed} />
      ) : kind === "choice" ? (
        <select {...typed}>
          <option value="">{t("field.choose")}</option>
          {props.options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : kind === "boolean" ? (
        <input
          type="checkbox"
          {...shared}
          checked={value !== ""}
          onChange={(event) => onValue(name, event.currentTarget.checked ? "yes" : "")}
        />
      ) : (
        <input {...INPUTS[kind]} type={INPUTS[kind].type as "text"} list={undefined} {...typed} />
      )}
      {kind === "boolean" && words}
      {error && (
        <p class="error" id={`${id}e`}>
          {error}
        </p>
      )}
    </div>
  );
}
