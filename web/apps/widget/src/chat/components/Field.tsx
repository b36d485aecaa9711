import { useId } from "preact/hooks";
import type { LeaveField } from "../model/leave.ts";
import { useShared } from "./context.ts";

interface FieldProps {
  name: LeaveField;
  label: string;
  value: string;
  error: string | undefined;
  required?: boolean;
  onValue: (name: LeaveField, value: string) => void;
}

const KINDS = {
  name: { type: "text", autocomplete: "name" },
  phone: { type: "tel", autocomplete: "tel" },
  email: { type: "email", autocomplete: "email" },
} as const;

export function Field({ name, label, value, error, required = false, onValue }: FieldProps) {
  const { t } = useShared();
  const id = useId();
  const shared = {
    id,
    name,
    value,
    required,
    "aria-invalid": error !== undefined,
    "aria-describedby": error ? `${id}e` : undefined,
    onInput: (event: { currentTarget: { value: string } }) =>
      onValue(name, event.currentTarget.value),
  };
  return (
    <div class={error ? "field wrong" : "field"}>
      <label for={id}>
        {label}
        {required && <span class="required">{t("leave.required")}</span>}
      </label>
      {name === "text" ? (
        <textarea rows={5} maxLength={2000} {...shared} />
      ) : (
        <input
          type={KINDS[name].type as "text"}
          list={undefined}
          autocomplete={KINDS[name].autocomplete}
          {...shared}
        />
      )}
      {error && (
        <p class="error" id={`${id}e`}>
          {error}
        </p>
      )}
    </div>
  );
}
