import { timeline } from "../model/timeline.ts";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";
import { RowView } from "./Rows.tsx";

/** The conversations before this one, above it. */
export function Earlier() {
  const { chat, t } = useShared();
  const { earlier, look } = chat;
  if (!earlier) return null;
  return (
    <>
      {earlier.more && (
        <div class="earlier">
          {earlier.failed && <span role="alert">{t("list.earlier_failed")}</span>}
          <button
            type="button"
            class="button small quiet"
            aria-disabled={earlier.loading}
            onClick={() => void earlier.load()}
          >
            <Icon name="history" size={16} />
            {t(
              earlier.loading ? "list.loading" : earlier.failed ? "list.try_again" : "list.earlier",
            )}
          </button>
        </div>
      )}
      {earlier.segments.map(({ snapshot, entries }) => (
        <section class="past" key={snapshot.id}>
          <h2 class="row-divider">
            <span>{t("list.past")}</span>
          </h2>
          {timeline(entries, [look?.bot ?? null]).map((row) => (
            <RowView
              key={row.key}
              row={row}
              live={false}
              offers={false}
              mark={null}
              fresh={false}
            />
          ))}
        </section>
      ))}
    </>
  );
}
