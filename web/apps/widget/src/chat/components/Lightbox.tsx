import type { ImageBody } from "@frontdesk/realtime";
import { useEffect, useRef } from "preact/hooks";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

/** The picture over everything; the browser's own modal keeps the focus in and closes on Escape. */
export function Lightbox({ image, onClose }: { image: ImageBody; onClose: () => void }) {
  const { t } = useShared();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape and the button close it, too
    <dialog
      class="lightbox"
      ref={dialog}
      aria-label={t("message.image", { name: image.name })}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="lightbox-bar">
        <span class="lightbox-name">{image.name}</span>
        <a
          class="icon-button"
          href={image.url}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={t("lightbox.open")}
        >
          <Icon name="external" />
        </a>
        <button
          type="button"
          class="icon-button"
          aria-label={t("lightbox.close")}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </div>
      <img src={image.url} alt={t("message.image", { name: image.name })} />
    </dialog>
  );
}
