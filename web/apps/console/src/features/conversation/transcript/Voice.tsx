import type { VoiceBody } from "@frontdesk/realtime";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { playTime } from "../../../shared/format/time.ts";
import messages from "./message.module.css";
import styles from "./quote.module.css";

type Playing = "still" | "loading" | "playing" | "failed";

/** Something said aloud. Fetched whole when it is first played: files are served without ranges. */
export function Voice({ body }: { body: VoiceBody }) {
  const { t } = useTranslation();
  const player = useRef<HTMLAudioElement | null>(null);
  const [state, setState] = useState<Playing>("still");
  const [at, setAt] = useState(0);

  useEffect(
    () => () => {
      player.current?.pause();
      if (player.current) URL.revokeObjectURL(player.current.src);
    },
    [],
  );

  const load = async () => {
    const answer = await fetch(body.url);
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const audio = new Audio(URL.createObjectURL(await answer.blob()));
    audio.ontimeupdate = () => setAt(audio.currentTime * 1000);
    audio.onpause = () => setState("still");
    audio.onended = () => setAt(0);
    player.current = audio;
    return audio;
  };
  const toggle = async () => {
    if (state === "playing") {
      player.current?.pause();
      return;
    }
    setState("loading");
    try {
      await (player.current ?? (await load())).play();
      setState("playing");
    } catch {
      setState("failed");
    }
  };

  const playing = state === "playing";
  const Icon = playing ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  return (
    <div className={`${messages.bubble} ${styles.voice}`}>
      <button
        type="button"
        className={styles.play}
        aria-label={t(playing ? "conversation.pauseVoice" : "conversation.playVoice", {
          time: playTime(body.duration),
        })}
        disabled={state === "loading"}
        onClick={() => void toggle()}
      >
        <Icon size={15} aria-hidden="true" />
      </button>
      <progress max={Math.max(body.duration, at, 1)} value={at} aria-hidden="true" />
      <span className={styles.time}>{playTime(playing || at > 0 ? at : body.duration)}</span>
      {state === "failed" ? <span role="alert">{t("conversation.voiceFailed")}</span> : null}
    </div>
  );
}
