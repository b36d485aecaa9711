import { useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";

interface Props {
  name: string;
  url: string | null;
  bot: boolean;
  size?: "small" | "large";
}

function initial(name: string): string {
  return (Array.from(name.trim())[0] ?? "?").toUpperCase();
}

/** A face: the picture, else the first letter, for a bot its sign. Its name always stands beside it. */
export function Avatar({ name, url, bot, size = "small" }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  const pixels = size === "large" ? 40 : 28;
  return (
    <span class={`avatar ${size}${bot ? " bot" : ""}`} aria-hidden="true">
      {url && url !== broken ? (
        // biome-ignore lint/a11y/noNoninteractiveElementInteractions: not an interaction, the picture failed to load
        <img src={url} alt="" width={pixels} height={pixels} onError={() => setBroken(url)} />
      ) : bot ? (
        <Icon name="bot" size={size === "large" ? 24 : 18} />
      ) : (
        initial(name)
      )}
    </span>
  );
}
