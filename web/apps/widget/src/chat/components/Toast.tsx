import { useEffect } from "preact/hooks";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** One sentence about something that did not work; goes by itself. */
export function Toast() {
  const { chat, t } = useShared();
  const { notice } = chat.over;
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => chat.over.tell(null), 5000);
    return () => clearTimeout(timer);
  }, [chat, notice]);
  return (
    <div class="toast-place" role="alert">
      {notice && (
        <div class="toast">
          <Icon name="alert" size={18} />
          {t(notice)}
        </div>
      )}
    </div>
  );
}
