import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { told } from "../model/absence.ts";
import { check, emptyForm, type LeaveErrors, type LeaveField, leaveDraft } from "../model/leave.ts";
import { useShared } from "./context.ts";
import { Field } from "./Field.tsx";
import { Icon } from "./Icon.tsx";
import { Sheet } from "./Sheet.tsx";

function Done({ name, reach, onMore }: { name: string; reach: string; onMore: () => void }) {
  const { chat, t } = useShared();
  return (
    <div class="done" role="status">
      <span class="done-sign">
        <Icon name="check" size={28} />
      </span>
      <h2>{t("leave.done", { name })}</h2>
      <p>{t("leave.done_text", { reach })}</p>
      <button type="button" class="button primary" onClick={() => chat.over.showForm(null)}>
        {t("leave.back")}
      </button>
      <button type="button" class="button quiet" onClick={onMore}>
        {t("leave.another")}
      </button>
    </div>
  );
}

export function LeaveMessage({ why }: { why: "asked" | "absent" }) {
  const { chat, t } = useShared();
  const draft = useMemo(() => leaveDraft(chat.storage, chat.channel), [chat]);
  const [form, setForm] = useState(draft.read);
  const [errors, setErrors] = useState<LeaveErrors>({});
  const [state, setState] = useState<"idle" | "sending" | "failed" | "done">("idle");
  const root = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (state !== "done") draft.write(form);
  }, [draft, form, state]);

  function onValue(name: string, value: string): void {
    setForm({ ...form, [name]: value });
    // what was complained about is checked again while it is mended
    if (Object.keys(errors).length > 0) setErrors(check({ ...form, [name]: value }));
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (state === "sending") return;
    const found = check(form);
    setErrors(found);
    const [wrong] = Object.keys(found);
    if (wrong) {
      root.current?.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
      return;
    }
    setState("sending");
    const phone = form.phone.trim();
    const email = form.email.trim();
    const conversation = chat.conversation?.snapshot.id;
    try {
      await chat.api.leaveMessage({
        name: form.name.trim(),
        text: form.text.trim(),
        client_id: form.client_id,
        ...(phone ? { phone } : {}),
        ...(email ? { email } : {}),
        ...(conversation ? { conversation_id: conversation } : {}),
      });
      setState("done");
      draft.clear();
    } catch {
      setState("failed");
    }
  }

  const field = (name: LeaveField, required = false) => {
    const error = errors[name];
    return (
      <Field
        name={name}
        kind={name}
        label={t(`leave.${name}`)}
        value={form[name]}
        error={error && t(error)}
        required={required}
        onValue={onValue}
      />
    );
  };

  return (
    <Sheet title={t("leave.title")} back={t("leave.back")} onClose={() => chat.over.showForm(null)}>
      {state === "done" ? (
        <Done
          name={form.name.trim()}
          reach={[form.phone.trim(), form.email.trim()].filter(Boolean).join(" / ")}
          onMore={() => {
            setForm({ ...emptyForm(), name: form.name, phone: form.phone, email: form.email });
            setState("idle");
          }}
        />
      ) : (
        <form class="leave" ref={root} noValidate onSubmit={(event) => void send(event)}>
          <p class="intro">
            {why === "absent"
              ? t("leave.absent", { why: told(chat.absence, chat.now(), t) })
              : t("leave.intro")}
          </p>
          {field("name", true)}
          <fieldset class="reach">
            <legend>{t("leave.reach")}</legend>
            {field("phone")}
            {field("email")}
          </fieldset>
          {field("text", true)}
          {state === "failed" && (
            <p class="error" role="alert">
              {t("leave.failed")}
            </p>
          )}
          <button type="submit" class="button primary wide" disabled={state === "sending"}>
            {t(state === "sending" ? "leave.sending" : "leave.send")}
          </button>
        </form>
      )}
    </Sheet>
  );
}
