import type { Chat } from "./model/chat.ts";

/** Tells the chat whether somebody can see it, and the layout how much of the screen the keyboard leaves. */
export function watchScreen(chat: Chat): void {
  const look = () => chat.setVisible(chat.host.open && document.visibilityState === "visible");
  document.addEventListener("visibilitychange", look);
  chat.host.onOpen(look);
  look();
  window.addEventListener("offline", () => chat.changed());
  window.addEventListener("online", () => chat.retryLine());

  const seen = window.visualViewport;
  if (chat.host.embedded || !seen) return;
  const follow = () => {
    document.documentElement.style.setProperty("--screen", `${Math.round(seen.height)}px`);
    window.scrollTo(0, 0);
  };
  seen.addEventListener("resize", follow);
  follow();
}
