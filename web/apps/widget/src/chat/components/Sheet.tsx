import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./Icon.tsx";

interface Props {
  title: string;
  back: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A page over the chat, with the way back in the corner; the focus comes in with it and goes back after it. */
export function Sheet({ title, back, onClose, children }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    button.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: Escape anywhere in it goes back
    <section
      class="sheet"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div class="sheet-bar">
        <button type="button" class="icon-button" aria-label={back} ref={button} onClick={onClose}>
          <Icon name="back" />
        </button>
        <h1>{title}</h1>
      </div>
      <div class="sheet-body">{children}</div>
    </section>
  );
}
