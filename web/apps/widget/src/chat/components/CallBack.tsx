import { useState } from "preact/hooks";
import { type LeaveErrors, type LeaveField, reachErrors } from "../model/leave.ts";
import { useShared } from "./context.ts";
import { Field } from "./Field.tsx";

/** To go and keep the place: to be called, written to, or answered here when nothing is filled in. */
export function CallBack({ onDone }: { onDone: () => void }) {
  const { chat, t } = useShared();
  const [reach, setReach] = useState({ phone: "", email: "" });
  const [errors, setErrors] = useState<LeaveErrors>({});
  const [sending, setSending] = useState(false);

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (sending) return;
    const found = reachErrors(reach.phone, reach.email);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    setSending(true);
    if (await chat.requests.callBack(reach.phone.trim(), reach.email.trim())) onDone();
    else setSending(false);
  }

  const field = (name: Extract<LeaveField, "phone" | "email">) => {
    const error = errors[name];
    return (
      <Field
        name={name}
        kind={name}
        label={t(`leave.${name}`)}
        value={reach[name]}
        error={error && t(error)}
        onValue={(_, value) => setReach({ ...reach, [name]: value })}
      />
    );
  };
  return (
    <form class="queue-callback" noValidate onSubmit={(event) => void send(event)}>
      <p class="queue-detail">{t("callback.hint")}</p>
      {field("phone")}
      {field("email")}
      <div class="queue-actions">
        <button type="submit" class="button small primary" disabled={sending}>
          {t("callback.keep")}
        </button>
        <button type="button" class="button small quiet" onClick={onDone}>
          {t("callback.stay")}
        </button>
      </div>
    </form>
  );
}
