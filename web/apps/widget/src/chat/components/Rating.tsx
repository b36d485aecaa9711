import { useState } from "preact/hooks";
import type { TextKey } from "../i18n/i18n.ts";
import { useShared } from "./context.ts";
import { Icon, Star } from "./Icon.tsx";

/** A word for each level, worst first: fewer levels have fewer words, never stars without one. */
const WORDS: Readonly<Record<number, readonly TextKey[]>> = {
  2: ["rating.bad", "rating.good"],
  3: ["rating.bad", "rating.3", "rating.good"],
  4: ["rating.1", "rating.2", "rating.4", "rating.5"],
  5: ["rating.1", "rating.2", "rating.3", "rating.4", "rating.5"],
};
const FACES = { 2: ["thumb_down", "thumb_up"], 3: ["sad", "flat", "glad"] } as const;

interface LevelsProps {
  words: readonly TextKey[];
  score: number;
  onScore: (score: number) => void;
}

/** Two or three levels: a face and its word beside each other, nothing to guess. */
function Faces({ words, score, onScore }: LevelsProps) {
  const { t } = useShared();
  const faces = words.length === 2 ? FACES[2] : FACES[3];
  return (
    <fieldset class="faces">
      <legend class="vh">{t("rating.score")}</legend>
      {words.map((word, at) => (
        <label key={word} class="choice">
          <input
            type="radio"
            name="score"
            checked={score === at + 1}
            onChange={() => onScore(at + 1)}
          />
          <span>
            <Icon name={faces[at] ?? "flat"} size={24} />
            {t(word)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Stars({ words, score, onScore }: LevelsProps) {
  const { t } = useShared();
  const [over, setOver] = useState(0);
  const shown = over || score;
  const word = words[shown - 1];
  return (
    <>
      <fieldset class="stars" onPointerLeave={() => setOver(0)}>
        <legend class="vh">{t("rating.score")}</legend>
        {words.map((each, at) => (
          <label key={each} onPointerEnter={() => setOver(at + 1)}>
            <input
              type="radio"
              name="score"
              value={at + 1}
              checked={score === at + 1}
              aria-label={`${at + 1}, ${t(each)}`}
              onChange={() => onScore(at + 1)}
            />
            <Star full={at < shown} />
          </label>
        ))}
      </fieldset>
      <p class="stars-word" aria-hidden="true">
        {word ? t(word) : "\u00a0"}
      </p>
    </>
  );
}

export function Rating({ conversation, onDone }: { conversation: string; onDone: () => void }) {
  const { chat, t } = useShared();
  const [score, setScore] = useState(0);
  const [resolved, setResolved] = useState<boolean | null>(null);
  const [remark, setRemark] = useState("");
  const [state, setState] = useState<"idle" | "sending" | "failed">("idle");
  const words = WORDS[chat.look?.rating_levels ?? 5] ?? WORDS[5] ?? [];
  const Levels = words.length <= 3 ? Faces : Stars;

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    if (!score || state === "sending") return;
    setState("sending");
    const said = remark.trim();
    try {
      await chat.api.rate(conversation, {
        score,
        ...(said ? { remark: said } : {}),
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
      <Levels words={words} score={score} onScore={setScore} />
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
