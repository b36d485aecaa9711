import { useEffect, useRef, useState } from "react";

/** What the chat makes of a color; `ratio` is that of the ink on it. */
export interface Palette {
  readonly accent: string;
  readonly ink: string;
  readonly light: string;
  readonly dark: string;
  readonly ratio: number;
}

interface Told {
  readonly frontdesk?: number;
  readonly type?: string;
  readonly palette?: Palette;
}

/** Shows a draft in the preview's page, as soon as it listens and whenever it changes. */
export function usePreview(draft: object, told: (palette: Palette) => void) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(0);
  const text = JSON.stringify(draft);

  useEffect(() => {
    const hear = ({ source, origin, data }: MessageEvent<Told>) => {
      if (source !== frame.current?.contentWindow || origin !== location.origin) return;
      if (data?.type === "ready") setReady((times) => times + 1);
      if (data?.type === "palette" && data.palette) told(data.palette);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [told]);

  useEffect(() => {
    if (!ready) return;
    // not for every key that is pressed
    const timer = setTimeout(() => {
      const message = { frontdesk: 1, ...JSON.parse(text) };
      frame.current?.contentWindow?.postMessage(message, location.origin);
    }, 120);
    return () => clearTimeout(timer);
  }, [ready, text]);
  return frame;
}
