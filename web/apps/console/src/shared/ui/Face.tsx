import type { AgentStatus } from "@frontdesk/api";
import { hue, initials } from "../format/names.ts";
import styles from "./Face.module.css";

interface Props {
  readonly id: string;
  readonly name: string;
  readonly src?: string | null | undefined;
  readonly size?: number;
  readonly status?: AgentStatus | undefined;
  readonly bot?: boolean;
}

/** A person's picture, or the letters that stand for it. Decoration: the name is always written beside it. */
export function Face({ id, name, src, size = 36, status, bot = false }: Props) {
  return (
    <span
      className={styles.face}
      data-hue={bot ? "bot" : hue(id)}
      data-square={bot || undefined}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.38) }}
      aria-hidden="true"
    >
      {src ? <img src={src} alt="" width={size} height={size} /> : initials(name)}
      {status ? <span className={styles.dot} data-status={status} /> : null}
    </span>
  );
}
