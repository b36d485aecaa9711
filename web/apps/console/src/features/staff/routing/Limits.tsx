import type { Routing } from "@frontdesk/api";
import { NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { teamsQuery } from "../../../shared/api/queries.ts";
import styles from "../staff.module.css";
import { Chain } from "./Chain.tsx";

interface Props {
  readonly team: string;
  readonly routing: Routing;
  readonly set: (change: Partial<Routing>) => void;
}

const limits = [
  ["max_waiting", 10_000],
  ["max_wait_s", 86_400],
] as const;

/** How many may wait, for how long, and what becomes of the others. */
export function Limits({ team, routing, set }: Props) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery);
  const others = teams.filter(({ id }) => id !== team);
  return (
    <>
      <fieldset className={styles.group}>
        <legend>{t("overflow.title")}</legend>
        <p className={styles.hint}>{t("overflow.hint")}</p>
        <div className={styles.line}>
          {limits.map(([limit, max]) => (
            <NumberInput
              key={limit}
              label={t(`overflow.${limit}`)}
              placeholder={t("overflow.asSettings")}
              min={0}
              max={max}
              allowDecimal={false}
              value={routing[limit] ?? ""}
              onChange={(value) => set({ [limit]: value === "" ? null : Number(value) })}
            />
          ))}
        </div>
      </fieldset>
      <Chain
        label={t("overflow.when_full")}
        steps={routing.when_full}
        teams={others}
        set={(when_full) => set({ when_full })}
      />
      <Chain
        label={t("overflow.when_late")}
        steps={routing.when_late}
        teams={others}
        set={(when_late) => set({ when_late })}
      />
    </>
  );
}
