import type { ReactNode } from "react";
import styles from "./admin.module.css";

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, hint, actions, children }: Props) {
  return (
    <div className={styles.page}>
      <div className={styles.inner}>
        <header className={styles.head}>
          <div>
            <h1>{title}</h1>
            {hint ? <p>{hint}</p> : null}
          </div>
          {actions}
        </header>
        {children}
      </div>
    </div>
  );
}
