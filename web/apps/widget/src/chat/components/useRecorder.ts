import { useEffect, useRef, useState } from "preact/hooks";

export const LONGEST = 120_000;
const SHORTEST = 600;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export type RecorderState = "idle" | "asking" | "recording" | "refused";

export interface Recording {
  file: File;
  duration: number;
}

/** Whether this browser records, and the page around lets it. */
export function canRecord(): boolean {
  const policy = (document as { featurePolicy?: { allowsFeature(name: string): boolean } })
    .featurePolicy;
  return (
    typeof MediaRecorder === "function" &&
    typeof navigator.mediaDevices?.getUserMedia === "function" &&
    policy?.allowsFeature("microphone") !== false
  );
}

interface Running {
  recorder: MediaRecorder;
  began: number;
  /** What becomes of the recording when it stops. */
  done: ((recording: Recording) => void) | null;
}

function listen(stream: MediaStream, ended: (running: Running, parts: Blob[]) => void): Running {
  const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
  const recorder = new MediaRecorder(stream, {
    ...(type ? { mimeType: type } : {}),
    audioBitsPerSecond: 32_000,
  });
  const running: Running = { recorder, began: performance.now(), done: null };
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => {
    if (data.size > 0) parts.push(data);
  };
  recorder.onstop = () => {
    for (const track of stream.getTracks()) track.stop();
    ended(running, parts);
  };
  recorder.start();
  return running;
}

/** The microphone, from asking for it to the file; it is let go of the moment that nobody records. */
export function useRecorder(send: (recording: Recording) => void) {
  const [state, setState] = useState<RecorderState>("idle");
  const [elapsed, setElapsed] = useState(0);
  const running = useRef<Running | null>(null);
  const wanted = useRef(false);

  function stop(keep: boolean): void {
    wanted.current = false;
    const now = running.current;
    if (!now) {
      setState("idle");
      return;
    }
    now.done = keep ? send : null;
    if (now.recorder.state !== "inactive") now.recorder.stop();
  }

  function ended(now: Running, parts: Blob[]): void {
    running.current = null;
    setState("idle");
    const duration = Math.min(LONGEST, Math.round(performance.now() - now.began));
    const [first] = parts;
    // a slip of the finger is no message
    if (!now.done || !first || duration < SHORTEST) return;
    // without an ending: the server names it after what it is
    now.done({ file: new File(parts, "voice", { type: first.type }), duration });
  }

  async function start(): Promise<void> {
    if (state === "asking" || state === "recording") return;
    wanted.current = true;
    setState("asking");
    setElapsed(0);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (!wanted.current) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      running.current = listen(stream, ended);
      setState("recording");
    } catch {
      setState("refused");
    }
  }

  useEffect(() => {
    if (state !== "recording") return;
    const timer = setInterval(() => {
      const time = performance.now() - (running.current?.began ?? 0);
      setElapsed(time);
      if (time >= LONGEST) stop(true);
    }, 250);
    return () => clearInterval(timer);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only at the end, and throwing away needs nothing current
  useEffect(() => () => stop(false), []);

  return { state, elapsed, start, cancel: () => stop(false), finish: () => stop(true) };
}
