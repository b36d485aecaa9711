import { useState } from "preact/hooks";
import type { TextKey } from "../i18n/i18n.ts";
import { ApiError } from "../model/api.ts";
import { reachErrors } from "../model/leave.ts";
import { useShared } from "./context.ts";
import { Field } from "./Field.tsx";
import { Icon } from "./Icon.tsx";
import { Sheet } from "./Sheet.tsx";

function reason(error: unknown): TextKey {
  const kind = error instanceof ApiError ? error.error.kind : null;
  if (kind === "busy") return "mail.often";
  return kind === "invalid" ? "leave.bad_email" : "mail.failed";
}

/** Where the conversation is to be sent. */
export function MailTranscript() {
  const { chat, t } = useShared();
  const [email, setEmail] = useState("");
  const [error, setError] = useState<TextKey>();
  const [state, setState] = useState<"asking" | "sending" | "sent">("asking");
  const conversation = chat.conversation?.snapshot.id;

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    const address = email.trim();
    const wrong = address ? reachErrors("", address).email : "prechat.need";
    setError(wrong);
    if (wrong || !conversation || state === "sending") return;
    setState("sending");
    try {
      await chat.api.mailTranscript(conversation, address);
      setState("sent");
    } catch (failure) {
      setState("asking");
      setError(reason(failure));
    }
  }

  return (
    <Sheet title={t("menu.mail")} back={t("leave.back")} onClose={() => chat.over.showForm(null)}>
      {state === "sent" ? (
        <div class="done" role="status">
          <span class="done-sign">
            <Icon name="check" size={30} />
          </span>
          <p>{t("mail.sent", { email: email.trim() })}</p>
        </div>
      ) : (
        <form class="leave" noValidate onSubmit={(event) => void send(event)}>
          <p class="intro">{t("mail.intro")}</p>
          <Field
            name="email"
            kind="email"
            label={t("leave.email")}
            value={email}
            error={error && t(error)}
            required
            onValue={(_, value) => setEmail(value)}
          />
          <button type="submit" class="button primary wide" disabled={state === "sending"}>
            {t(state === "sending" ? "leave.sending" : "mail.send")}
          </button>
        </form>
      )}
    </Sheet>
  );
}
