import { told } from "../model/absence.ts";
import { Avatar } from "./Avatar.tsx";
import { Questions } from "./Chips.tsx";
import { useShared } from "./context.ts";

/** The bot's hello, drawn here until the conversation brings its own. */
export function Greeting() {
  const { chat, t } = useShared();
  const { look } = chat;
  if (!look) return null;
  const name = look.bot?.name ?? (look.title || look.name);
  return (
    <article class="message theirs first last">
      <span class="face">
        <Avatar name={name} url={look.bot?.avatar_url ?? null} bot={look.bot !== null} />
      </span>
      <div class="message-body">
        <p class="message-name">{name}</p>
        <div class="message-line">
          <div class="bubble" dir="auto">
            {look.greeting || t("hello.default")}
          </div>
        </div>
      </div>
    </article>
  );
}

export function HotQuestions() {
  const { chat, t } = useShared();
  const questions = chat.look?.hot_questions ?? [];
  return (
    <div class="indent">
      <Questions title={t("hello.hot")} questions={questions} />
    </div>
  );
}

/** Said before anybody has to ask, or when a wait has ended, with the way out beside it. */
export function OffDuty({ ended }: { ended: boolean }) {
  const { chat, t } = useShared();
  return (
    <div class="notice">
      <p>{ended ? t("leave.intro") : told(chat.absence, chat.now(), t)}</p>
      <button type="button" class="button" onClick={() => chat.over.showForm("absent")}>
        {t("action.leave_message")}
      </button>
    </div>
  );
}
