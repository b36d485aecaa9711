import type { Chosen } from "../model/attachments.ts";
import { size } from "../text/time.ts";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** What will be sent along with the next message. */
export function Tray({
  files,
  onRemove,
}: {
  files: readonly Chosen[];
  onRemove: (id: string) => void;
}) {
  const { t } = useShared();
  if (files.length === 0) return null;
  return (
    <ul class="tray" aria-label={t("composer.attached")}>
      {files.map(({ id, file, preview }) => (
        <li key={id} class={preview ? "tray-item picture-item" : "tray-item"}>
          {preview ? (
            <img src={preview} alt={file.name} />
          ) : (
            <>
              <Icon name="file" />
              <span class="tray-text">
                <span class="file-name">{file.name}</span>
                <span class="file-size">{size(file.size, t)}</span>
              </span>
            </>
          )}
          <button
            type="button"
            class="tray-remove"
            aria-label={t("composer.remove", { name: file.name })}
            onClick={() => onRemove(id)}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
