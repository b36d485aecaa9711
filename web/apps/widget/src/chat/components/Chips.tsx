import type { TextBody } from "@frontdesk/realtime";
import { useChanges, useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** Questions that are asked by a click. */
export function Questions({ title, questions }: { title: string; questions: readonly string[] }) {
  const { chat } = useShared();
  if (questions.length === 0) return null;
  return (
    <fieldset class="questions">
      <legend>{title}</legend>
      {questions.map((question) => (
        <button
          key={question}
          type="button"
          class="chip"
          dir="auto"
          onClick={() => chat.saying.sendText(question)}
        >
          {question}
        </button>
      ))}
    </fieldset>
  );
}

function ask(list: TextBody["related"]): string[] {
  return [...new Set(list?.map((item) => item.question) ?? [])];
}

/** What a bot offers under its answer. */
export function Offers({ body }: { body: TextBody }) {
  const { chat, t } = useShared();
  useChanges();
  return (
    <>
      <Questions title={t("message.suggestions")} questions={ask(body.suggestions)} />
      <Questions title={t("message.related")} questions={ask(body.related)} />
      {body.actions && body.actions.length > 0 && (
        <div class="actions">
          {body.actions.includes("human") && (
            <button
              type="button"
              class="button primary"
              aria-disabled={chat.requests.asking}
              onClick={() => void chat.requests.human()}
            >
              <Icon name="human" size={18} />
              {t(chat.requests.asking ? "action.asking" : "action.human")}
            </button>
          )}
          {body.actions.includes("leave_message") && (
            <button type="button" class="button" onClick={() => chat.over.showForm("asked")}>
              <Icon name="mail" size={18} />
              {t("action.leave_message")}
            </button>
          )}
        </div>
      )}
    </>
  );
}
