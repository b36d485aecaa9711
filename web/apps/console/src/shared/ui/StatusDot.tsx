import type { AgentStatus } from "@frontdesk/api";
import styles from "./ui.module.css";

export function StatusDot({ status }: { status: AgentStatus }) {
  return <span className={styles.statusDot} data-status={status} aria-hidden="true" />;
}
