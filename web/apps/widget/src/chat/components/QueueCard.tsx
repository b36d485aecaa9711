import { useState } from "preact/hooks";
import { wait } from "../text/time.ts";
import { CallBack } from "./CallBack.tsx";
import { useShared } from "./context.ts";

/** Where the visitor stands, told honestly: no estimate when there is nothing to estimate from. */
export function QueueCard() {
  const { chat, t } = useShared();
  const [going, setGoing] = useState(false);
  const { queue } = chat.requests;
  const kept = queue?.callback === true;
  const time = queue && !kept ? wait(queue, t) : null;
  const ahead = queue && queue.ahead > 0 ? t.count("queue.ahead", queue.ahead) : null;
  const details = kept ? [t("callback.kept"), ahead] : [ahead, time];
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
              : kept
                ? t("callback.title")
                : queue.ahead > 0
                  ? t("queue.title", { position: queue.position })
                  : t("queue.next")}
          </p>
          {details.some(Boolean) && (
            <p class="queue-detail">{details.filter(Boolean).join(" · ")}</p>
          )}
        </div>
      </div>
      {going && !kept ? (
        <CallBack onDone={() => setGoing(false)} />
      ) : (
        <div class="queue-actions">
          {!kept && (
            <>
              <button type="button" class="button small" onClick={() => setGoing(true)}>
                {t("callback.ask")}
              </button>
              <button
                type="button"
                class="button small"
                onClick={() => chat.over.showForm("asked")}
              >
                {t("queue.leave_message")}
              </button>
            </>
          )}
          <button
            type="button"
            class="button small quiet"
            onClick={() => void chat.requests.leaveQueue()}
          >
            {t("queue.leave")}
          </button>
        </div>
      )}
    </section>
  );
}
