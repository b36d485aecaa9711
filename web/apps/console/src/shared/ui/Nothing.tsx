import type { ReactNode } from "react";
import styles from "./ui.module.css";

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** It is all there is on the page, and so its title is the page's. */
  readonly isPage?: boolean;
}

/** What stands where nothing is: says why, and what to do next. */
export function Nothing({ icon, title, children, action, isPage = false }: Props) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className={styles.nothing}>
      <span className={styles.nothingIcon} aria-hidden="true">
        {icon}
      </span>
      <Title className={styles.nothingTitle}>{title}</Title>
      {children ? <p className={styles.nothingText}>{children}</p> : null}
      {action}
    </div>
  );
}
