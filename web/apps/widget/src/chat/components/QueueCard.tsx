import { wait } from "../text/time.ts";
import { useShared } from "./context.ts";

/** Where the visitor stands, told honestly: no estimate when there is nothing to estimate from. */
export function QueueCard() {
  const { chat, t } = useShared();
  const { queue } = chat.requests;
  const time = queue ? wait(queue, t) : null;
  const ahead = queue && queue.ahead > 0 ? t.count("queue.ahead", queue.ahead) : null;
  return (
    <section class="queue" aria-label={t("header.waiting")}>
      <div class="queue-place" aria-live="polite">
        <span class="pulse" aria-hidden="true">
          {queue ? queue.position : ""}
        </span>
        <div>
          <p class="queue-title">
            {!queue
              ? t("queue.joining")
              : queue.ahead > 0
                ? t("queue.title", { position: queue.position })
                : t("queue.next")}
          </p>
          {(ahead || time) && (
            <p class="queue-detail">{[ahead, time].filter(Boolean).join(" · ")}</p>
          )}
        </div>
      </div>
      <div class="queue-actions">
        <button type="button" class="button small" onClick={() => chat.showForm("asked")}>
          {t("queue.leave_message")}
        </button>
        <button
          type="button"
          class="button small quiet"
          onClick={() => void chat.requests.leaveQueue()}
        >
          {t("queue.leave")}
        </button>
      </div>
    </section>
  );
}
