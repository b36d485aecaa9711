import type { Typing as TypingState } from "@frontdesk/realtime";
import { useEffect, useReducer } from "preact/hooks";
import { Avatar } from "./Avatar.tsx";
import { useShared } from "./context.ts";

export function Typing({ typing }: { typing: TypingState }) {
  const { t } = useShared();
  const [, again] = useReducer((n: number) => n + 1, 0);
  const left = typing.until - Date.now();
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(again, left + 20);
    return () => clearTimeout(timer);
  }, [left]);
  if (left <= 0) return null;
  const name = typing.sender.name || t("system.someone");
  return (
    <div class="message theirs first last">
      <span class="face">
        <Avatar name={name} url={null} bot={typing.sender.kind === "bot"} />
      </span>
      <div class="bubble typing">
        <span class="vh">{t("list.typing", { name })}</span>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
