import type { VoiceBody } from "@frontdesk/realtime";
import { useEffect, useRef, useState } from "preact/hooks";
import { span } from "../text/time.ts";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** Whoever is heard now; who speaks next stops them. */
let heard: HTMLAudioElement | null = null;

function usePlayer(body: VoiceBody) {
  const player = useRef<HTMLAudioElement | null>(null);
  const [state, setState] = useState<"still" | "loading" | "playing" | "failed">("still");
  const [at, setAt] = useState(0);

  useEffect(
    () => () => {
      player.current?.pause();
      if (player.current?.src) URL.revokeObjectURL(player.current.src);
    },
    [],
  );

  /** Fetched whole: files are served without ranges, which some players insist on when they load by themselves. */
  async function load(): Promise<HTMLAudioElement> {
    if (player.current) return player.current;
    const answer = await fetch(body.url);
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const audio = new Audio(URL.createObjectURL(await answer.blob()));
    audio.ontimeupdate = () => setAt(audio.currentTime * 1000);
    audio.onpause = () => setState("still");
    audio.onended = () => {
      setState("still");
      setAt(0);
    };
    player.current = audio;
    return audio;
  }

  async function toggle(): Promise<void> {
    if (state === "loading") return;
    if (state === "playing") return player.current?.pause();
    setState("loading");
    try {
      const audio = await load();
      if (heard !== audio) heard?.pause();
      heard = audio;
      await audio.play();
      setState("playing");
    } catch {
      setState("failed");
    }
  }

  return { state, at, toggle };
}

export function Voice({ body }: { body: VoiceBody }) {
  const { t } = useShared();
  const { state, at, toggle } = usePlayer(body);
  const length = Math.max(body.duration, at, 1);
  const playing = state === "playing";
  return (
    <div class="bubble voice">
      <button
        type="button"
        class="voice-button"
        aria-label={t(playing ? "voice.pause" : "voice.play", { time: span(body.duration) })}
        aria-busy={state === "loading"}
        onClick={() => void toggle()}
      >
        <Icon name={playing ? "pause" : "play"} size={18} />
      </button>
      <progress class="voice-bar" max={length} value={at} aria-hidden="true" />
      <span class="voice-time">{span(playing || at > 0 ? at : body.duration)}</span>
      {state === "failed" && (
        <span class="voice-failed" role="alert">
          {t("voice.failed")}
        </span>
      )}
    </div>
  );
}
