import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** Who waits, or was answered, may be told of the next answer: one line, until it is used or put away. */
export function Tell() {
  const { chat, t } = useShared();
  if (!chat.told.offered) return null;
  return (
    <p class="queue-actions">
      <button type="button" class="button small quiet" onClick={chat.told.ask}>
        <Icon name="bell" size={16} />
        {t("told.offer")}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t("rating.later")}
        onClick={chat.told.putAway}
      >
        <Icon name="close" size={16} />
      </button>
    </p>
  );
}
