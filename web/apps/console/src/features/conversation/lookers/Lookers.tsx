import { IconEye, IconPencil } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../conversation.module.css";
import { useLookers } from "./useLookers.ts";

/** Colleagues who look at the same conversation now; who writes comes first. */
export function Lookers({ conversation }: { conversation: string }) {
  const { t } = useTranslation();
  const others = [...useLookers(conversation).values()].sort(
    (a, b) => b.doing.localeCompare(a.doing) || a.name.localeCompare(b.name),
  );
  const [first] = others;
  if (!first) return null;
  const names = others.map(({ name }) => name);
  const writing = first.doing === "writing";
  const words = writing
    ? t("conversation.writes", { name: first.name })
    : t("conversation.looks", { names });
  return (
    <span
      data-hint={t("conversation.looks", { names })}
      className={styles.lookers}
      data-writing={writing || undefined}
      role="status"
    >
      {writing ? (
        <IconPencil size={13} aria-hidden="true" />
      ) : (
        <IconEye size={13} aria-hidden="true" />
      )}
      <span>{words}</span>
    </span>
  );
}
