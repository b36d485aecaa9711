import type { WhatIf as Played, Policy, Routing } from "@frontdesk/api";
import { Button, NumberInput, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { http } from "../../../shared/session/session.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import styles from "../staff.module.css";

/** Policies that choose. Where people choose themselves, nobody can say what they would have done. */
const policies = [
  "least_busy",
  "longest_idle",
  "weighted",
  "round_robin",
] as const satisfies Policy[];

type Figure = Played["figures"][number];

function Row({ figure }: { figure: Figure }) {
  const { t, i18n } = useTranslation();
  const key = `routing.figures.${figure.name}`;
  if (!i18n.exists(key)) return null; // a newer server may tell more
  const shown = (value: number) =>
    `${value.toFixed(figure.unit ? 1 : 3)}${figure.unit ? ` ${figure.unit}` : ""}`;
  return (
    <tr>
      <th scope="row">{t(key as "routing.figures.wait")}</th>
      <td>{figure.recorded === null ? "–" : shown(figure.recorded)}</td>
      <td>{shown(figure.now)}</td>
      <td>
        {shown(figure.then)}
        {figure.verdict === "" ? null : (
          <span data-verdict={figure.verdict}>
            {" "}
            {t(figure.verdict === "better" ? "routing.better" : "routing.worse")}
          </span>
        )}
      </td>
    </tr>
  );
}

function Result({ played }: { played: Played }) {
  const { t } = useTranslation();
  if (played.figures.length === 0) {
    return (
      <p role="status" className={styles.hint}>
        {t("routing.tooLittle")}
      </p>
    );
  }
  const same = played.figures.every(({ verdict }) => verdict === "");
  return (
    <div role="status" style={{ width: "100%" }}>
      <p className={styles.hint}>
        {t("routing.playedDays", { days: played.days, visitors: played.visitors })}{" "}
        {same ? t("routing.noDifference") : ""}
      </p>
      <table className={styles.figures}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t("routing.recorded")}</th>
            <th scope="col">{t("routing.asNow")}</th>
            <th scope="col">{t("routing.proposed")}</th>
          </tr>
        </thead>
        <tbody>
          {played.figures.map((figure) => (
            <Row key={figure.name} figure={figure} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Props {
  readonly team: string;
  readonly routing: Routing;
  readonly ready: boolean;
}

/** Plays the team's last days again under these rules, saved or not. */
export function WhatIf({ team, routing, ready }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const [days, setDays] = useState(7);
  const [policy, setPolicy] = useState<Policy | null>(null);
  const play = useMutation({
    mutationFn: () =>
      http<Played>("POST", `/v1/teams/${team}/routing/what-if`, {
        body: { routing, policy, days },
      }),
    onError: failure.show,
  });
  return (
    <fieldset className={styles.group}>
      <legend>{t("routing.whatIf")}</legend>
      <p className={styles.hint}>{t("routing.whatIfHint")}</p>
      <div className={styles.line}>
        <NumberInput
          label={t("routing.lastDays")}
          min={2}
          max={28}
          allowDecimal={false}
          value={days}
          onChange={(value) => setDays(Number(value) || 7)}
        />
        <Select
          label={t("routing.byPolicy")}
          placeholder={t("routing.samePolicy")}
          clearable
          data={policies.map((value) => ({ value, label: t(`staff.policy.${value}`) }))}
          value={policy}
          onChange={(value) => setPolicy(value as Policy | null)}
        />
      </div>
      <Button
        size="xs"
        variant="default"
        loading={play.isPending}
        disabled={!ready}
        onClick={() => play.mutate()}
      >
        {t("routing.play")}
      </Button>
      {play.data ? <Result played={play.data} /> : null}
    </fieldset>
  );
}
