import type { Learned, Routing } from "@frontdesk/api";
import { Button, NumberInput, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { http } from "../../../shared/session/session.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import styles from "../staff.module.css";

/** Why it is off, or what it is worth: points of a hundred for each conversation. */
function useVerdict() {
  const { t } = useTranslation();
  return ({ at, trials, fewest, earned, gain, gain_within }: Learned) => {
    if (at === null) return t("routing.learnedNever");
    if (typeof gain !== "number") return t("routing.learnedFew", { trials, fewest });
    const points = { gain: (gain * 100).toFixed(1), within: ((gain_within ?? 0) * 100).toFixed(1) };
    return t(earned ? "routing.learnedEarned" : "routing.learnedNot", { ...points, trials });
  };
}

interface Props {
  readonly team: string;
  readonly routing: Routing;
  readonly set: (change: Partial<Routing>) => void;
}

/** A share of choices by chance, what was learned from their outcomes, and whether that may choose. */
export function Learning({ team, routing, set }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const queries = useQueryClient();
  const verdict = useVerdict();
  const path = `/v1/teams/${team}/routing/learned`;
  const { data } = useQuery({
    queryKey: ["learned", team],
    queryFn: ({ signal }) => http<Learned>("GET", path, { signal }),
    gcTime: 0,
  });
  const learn = useMutation({
    mutationFn: () => http<Learned>("POST", path),
    onSuccess: (learned) => queries.setQueryData(["learned", team], learned),
    onError: failure.show,
  });
  return (
    <fieldset className={styles.group}>
      <legend>{t("routing.learning")}</legend>
      <p className={styles.hint}>{t("routing.learningHint")}</p>
      <NumberInput
        label={t("routing.explore")}
        min={0}
        max={20}
        allowDecimal={false}
        value={routing.explore_percent}
        onChange={(value) => set({ explore_percent: Number(value) || 0 })}
      />
      <Switch
        label={t("routing.learned")}
        description={data ? verdict(data) : undefined}
        disabled={!data?.earned && !routing.learned}
        checked={routing.learned}
        onChange={(event) => set({ learned: event.currentTarget.checked })}
      />
      <Button size="xs" variant="default" loading={learn.isPending} onClick={() => learn.mutate()}>
        {t("routing.learn")}
      </Button>
    </fieldset>
  );
}
