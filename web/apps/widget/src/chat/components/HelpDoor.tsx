import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** The way to the articles, before anything was said. */
export function HelpDoor() {
  const { chat, t } = useShared();
  if (!chat.help.shown) return null;
  return (
    <div class="indent">
      <button type="button" class="help-door" onClick={() => chat.over.showForm("help")}>
        <Icon name="search" size={18} />
        {t("help.search")}
      </button>
    </div>
  );
}
