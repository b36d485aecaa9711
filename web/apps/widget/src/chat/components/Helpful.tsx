import { useChanges, useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** Whether a bot's answer helped; what was said last is pressed. */
export function Helpful({ seq }: { seq: number }) {
  const { chat, t } = useShared();
  useChanges();
  const said = chat.conversation?.entries.findLast(
    (entry) => entry.kind === "answer_rated" && entry.body.seq === seq,
  );
  const helped = said?.kind === "answer_rated" ? said.body.helpful : null;
  return (
    <fieldset class="helpful">
      <legend class="vh">{t("answer.question")}</legend>
      {([true, false] as const).map((helpful) => (
        <button
          key={String(helpful)}
          type="button"
          class="icon-button"
          aria-pressed={helped === helpful}
          aria-label={t(helpful ? "answer.helpful" : "answer.unhelpful")}
          title={t(helpful ? "answer.helpful" : "answer.unhelpful")}
          onClick={() => void chat.requests.rateAnswer(seq, helpful)}
        >
          <Icon name={helpful ? "thumb_up" : "thumb_down"} size={16} />
        </button>
      ))}
    </fieldset>
  );
}
