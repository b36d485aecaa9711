import type { ReactNode } from "react";
import styles from "./ui.module.css";

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** What stands where nothing is: says why, and what to do next. */
export function Nothing({ icon, title, children, action }: Props) {
  return (
    <div className={styles.nothing}>
      <span className={styles.nothingIcon} aria-hidden="true">
        {icon}
      </span>
      <p className={styles.nothingTitle}>{title}</p>
      {children ? <p className={styles.nothingText}>{children}</p> : null}
      {action}
    </div>
  );
}
