import { useEffect, useRef, useState } from "preact/hooks";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

const PATIENCE = 1500;

/** What stands between the visitor and the other side: no network, and what waits for it. */
export function Banner() {
  const { chat, t } = useShared();
  const { line, unsent } = chat;
  const lost = line === "offline" || line === "waiting" || line === "refused";
  const wasDown = useRef(false);
  const [down, setDown] = useState(false);
  const [back, setBack] = useState(false);

  // a moment's hiccup is nobody's business; the header tells it anyway
  useEffect(() => {
    if (!lost) return setDown(false);
    const timer = setTimeout(() => setDown(true), line === "waiting" ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [lost, line]);

  useEffect(() => {
    if (down) wasDown.current = true;
    if (line !== "online" || !wasDown.current) return;
    wasDown.current = false;
    setBack(true);
  }, [down, line]);

  useEffect(() => {
    if (!back) return;
    const timer = setTimeout(() => setBack(false), 2500);
    return () => clearTimeout(timer);
  }, [back]);

  const text = t(
    line === "offline"
      ? "connection.offline"
      : line === "waiting"
        ? "connection.waiting"
        : "connection.refused",
  );
  return (
    <div class="banner-place" role="status">
      {down && (
        <div class="banner">
          <Icon name="offline" size={18} />
          <span class="banner-text">
            {text}
            {unsent > 0 && <b>{t.count("connection.unsent", unsent)}</b>}
          </span>
          <button type="button" class="text-button" onClick={() => chat.retryLine()}>
            {t("connection.retry")}
          </button>
        </div>
      )}
      {!down && back && (
        <div class="banner good">
          <Icon name="check" size={18} />
          <span class="banner-text">{t("connection.back")}</span>
        </div>
      )}
    </div>
  );
}
