/** What sounds again and again, until somebody touches a page of the desk, or it is over. */

const every = 20_000;
const most = 30;

let ringing: { readonly tag: string; readonly timer: ReturnType<typeof setInterval> } | null = null;

function stop(): void {
  if (ringing) clearInterval(ringing.timer);
  ringing = null;
}

/** Repeats it, ten minutes at most; the newest takes the place of what rang before. */
export function ring(tag: string, play: () => void): void {
  stop();
  let left = most;
  const timer = setInterval(() => {
    left -= 1;
    if (left < 0) stop();
    else play();
  }, every);
  ringing = { tag, timer };
}

/** This one is over: there is nothing to see any more. */
export function hush(tag: string): void {
  if (ringing?.tag === tag) stop();
}

/** Stops it when somebody touches this page, or another one of the desk. */
export function listenForTouch(): () => void {
  const others =
    "BroadcastChannel" in globalThis ? new BroadcastChannel("frontdesk.touched") : null;
  let told = Number.NEGATIVE_INFINITY;
  const touched = () => {
    stop();
    const now = performance.now();
    if (now - told < 1000) return;
    told = now;
    others?.postMessage(null);
  };
  others?.addEventListener("message", stop);
  const events = ["pointerdown", "keydown", "focus"] as const;
  for (const event of events) addEventListener(event, touched, { passive: true });
  return () => {
    for (const event of events) removeEventListener(event, touched);
    others?.close();
    stop();
  };
}
