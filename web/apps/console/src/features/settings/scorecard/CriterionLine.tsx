import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { usePercent } from "../../../shared/reviewing/usePercent.ts";
import type { Line } from "./lines.ts";
import styles from "./scorecard.module.css";

const weights = Array.from({ length: 10 }, (_, index) => String(index + 1));

interface Props {
  readonly line: Line;
  readonly place: number;
  readonly count: number;
  /** All weights together. */
  readonly total: number;
  readonly set: (change: Partial<Line>) => void;
  readonly move: (by: number) => void;
  readonly remove: () => void;
}

export function CriterionLine({ line, place, count, total, set, move, remove }: Props) {
  const { t } = useTranslation();
  const format = usePercent();
  const ways = [
    { label: "up", icon: IconArrowUp, off: place === 0, act: () => move(-1) },
    { label: "down", icon: IconArrowDown, off: place === count - 1, act: () => move(1) },
    { label: "remove", icon: IconTrash, off: false, act: remove },
  ] as const;
  return (
    <li className={styles.line}>
      <TextInput
        className={styles.name ?? ""}
        aria-label={t("scorecard.name", { place: place + 1 })}
        placeholder={t("scorecard.criterionShort")}
        maxLength={80}
        value={line.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <NativeSelect
        w={124}
        aria-label={t("scorecard.weight", { place: place + 1 })}
        data={weights.map((weight) => ({
          value: weight,
          label: t("reviewing.weight", { weight }),
        }))}
        value={String(line.weight)}
        onChange={(event) => set({ weight: Number(event.currentTarget.value) })}
      />
      <span className={styles.share}>{format((100 * line.weight) / total)}</span>
      <span className={styles.ways}>
        {ways.map(({ label, icon: Icon, off, act }) => (
          <ActionIcon
            key={label}
            variant="subtle"
            color="gray"
            aria-label={t(`scorecard.${label}`, { place: place + 1 })}
            disabled={off}
            onClick={act}
          >
            <Icon size={16} />
          </ActionIcon>
        ))}
      </span>
    </li>
  );
}
