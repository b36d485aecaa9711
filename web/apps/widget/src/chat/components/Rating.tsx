import { useState } from "preact/hooks";
import type { TextKey } from "../i18n/i18n.ts";
import { useShared } from "./context.ts";
import { Star } from "./Icon.tsx";

const SCORES = [1, 2, 3, 4, 5] as const;

export function Rating({ conversation, onDone }: { conversation: string; onDone: () => void }) {
  const { chat, t } = useShared();
  const [score, setScore] = useState(0);
  const [over, setOver] = useState(0);
  const [resolved, setResolved] = useState<boolean | null>(null);
  const [remark, setRemark] = useState("");
  const [state, setState] = useState<"idle" | "sending" | "failed">("idle");
  const shown = over || score;

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (!score || state === "sending") return;
    setState("sending");
    const words = remark.trim();
    try {
      await chat.api.rate(conversation, {
        score,
        ...(words ? { remark: words } : {}),
        ...(resolved === null ? {} : { resolved }),
      });
      onDone();
    } catch {
      setState("failed");
    }
  }

  return (
    <form class="card rating" onSubmit={(event) => void send(event)}>
      <h2>{t("rating.title")}</h2>
      <fieldset class="stars" onPointerLeave={() => setOver(0)}>
        <legend class="vh">{t("rating.score")}</legend>
        {SCORES.map((value) => (
          <label key={value} onPointerEnter={() => setOver(value)}>
            <input
              type="radio"
              name="score"
              value={value}
              checked={score === value}
              aria-label={`${value}, ${t(`rating.${value}` as TextKey)}`}
              onChange={() => setScore(value)}
            />
            <Star full={value <= shown} />
          </label>
        ))}
      </fieldset>
      <p class="stars-word" aria-hidden="true">
        {shown ? t(`rating.${shown}` as TextKey) : "\u00a0"}
      </p>
      {score > 0 && (
        <>
          <fieldset class="solved">
            <legend>{t("rating.solved")}</legend>
            {[true, false].map((value) => (
              <label key={String(value)} class="choice">
                <input
                  type="radio"
                  name="resolved"
                  checked={resolved === value}
                  onChange={() => setResolved(value)}
                />
                <span>{t(value ? "rating.yes" : "rating.no")}</span>
              </label>
            ))}
          </fieldset>
          <label class="field">
            <span class="vh">{t("rating.remark")}</span>
            <textarea
              rows={2}
              maxLength={500}
              placeholder={t("rating.remark")}
              value={remark}
              onInput={(event) => setRemark(event.currentTarget.value)}
            />
          </label>
        </>
      )}
      {state === "failed" && (
        <p class="error" role="alert">
          {t("rating.failed")}
        </p>
      )}
      <div class="actions">
        {score > 0 && (
          <button type="submit" class="button primary" disabled={state === "sending"}>
            {t("rating.send")}
          </button>
        )}
        <button type="button" class="button quiet" onClick={onDone}>
          {t("rating.later")}
        </button>
      </div>
    </form>
  );
}
