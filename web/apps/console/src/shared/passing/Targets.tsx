import type { AgentStatus } from "@frontdesk/api";
import { Face } from "../ui/Face.tsx";
import styles from "./passing.module.css";

export interface Target {
  readonly kind: "agent" | "team" | "department";
  readonly id: string;
  readonly name: string;
  readonly avatar_url: string | null;
  readonly status?: AgentStatus;
  readonly hint: string;
  readonly disabled: boolean;
}

interface Props {
  readonly name: string;
  readonly label: string;
  readonly list: readonly Target[];
  readonly none: string;
  readonly target: Target | null;
  readonly choose: (target: Target) => void;
}

export function Targets({ name, label, list, none, target, choose }: Props) {
  if (list.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <div role="radiogroup" aria-label={label}>
      {list.map((each) => (
        <label key={each.id} className={styles.target} data-disabled={each.disabled || undefined}>
          <input
            type="radio"
            name={name}
            checked={target?.id === each.id}
            disabled={each.disabled}
            onChange={() => choose(each)}
          />
          <Face
            id={each.id}
            name={each.name}
            src={each.avatar_url}
            size={32}
            status={each.status}
            bot={each.kind !== "agent"}
          />
          <span className={styles.targetName}>{each.name}</span>
          <span className={styles.targetHint}>{each.hint}</span>
        </label>
      ))}
    </div>
  );
}
