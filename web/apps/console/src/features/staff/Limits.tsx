import type { Agent } from "@frontdesk/api";
import { Group, NumberInput } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./staff.module.css";

interface Props {
  readonly value: Agent["limits"];
  readonly set: (value: Agent["limits"]) => void;
}

const kinds = ["site", "app", "messaging"] as const;

/** Of the seats, how many conversations of each kind of channel may take; what is left empty is not bounded. */
export function Limits({ value, set }: Props) {
  const { t } = useTranslation();
  const change = (kind: string, most: number | string) => {
    const { [kind]: _, ...others } = value;
    set(most === "" ? others : { ...others, [kind]: Number(most) });
  };
  return (
    <fieldset className={styles.group}>
      <legend>{t("staff.limits")}</legend>
      <p className={styles.hint}>{t("staff.limitsHint")}</p>
      <Group grow wrap="nowrap" gap="xs">
        {kinds.map((kind) => (
          <NumberInput
            key={kind}
            label={t(`settings.channel.kinds.${kind}`)}
            placeholder={t("staff.anyLimit")}
            min={0}
            max={200}
            allowDecimal={false}
            value={value[kind] ?? ""}
            onChange={(most) => change(kind, most)}
          />
        ))}
      </Group>
    </fieldset>
  );
}
