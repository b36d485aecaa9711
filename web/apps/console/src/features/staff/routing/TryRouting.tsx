import type { Routing, Tried } from "@frontdesk/api";
import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { http } from "../../../shared/session/session.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import styles from "../staff.module.css";

function Answer({ tried }: { tried: Tried }) {
  const { t, i18n } = useTranslation();
  const nameOf = (id: string) => tried.candidates.find((one) => one.agent_id === id)?.name ?? id;
  const summary = tried.chosen
    ? t("routing.chosen", { name: nameOf(tried.chosen) })
    : tried.outcome === "asked"
      ? t("routing.asked", { names: tried.asked.map(nameOf).join(", ") })
      : t(tried.outcome === "pick" ? "routing.pick" : "routing.nobody");
  const reason = (code: string) => {
    const key = `decision.excluded.${code}`;
    return i18n.exists(key) ? t(key as "decision.excluded.busy") : code;
  };
  return (
    <div role="status" style={{ width: "100%" }}>
      <p>
        <strong>{summary}</strong>
        {tried.head_start_s > 0 ? ` ${t("routing.ahead", { seconds: tried.head_start_s })}` : ""}
        {tried.again_in_s === null ? "" : ` ${t("routing.again", { seconds: tried.again_in_s })}`}
      </p>
      <ul className={styles.result}>
        {tried.candidates.map(({ agent_id, name, excluded, score }) => (
          <li key={agent_id} data-chosen={agent_id === tried.chosen || undefined}>
            <span>{name}</span>
            <span>
              {excluded
                ? reason(excluded)
                : t("decision.score", { score: Math.round((score ?? 0) * 100) / 100 })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Props {
  readonly team: string;
  readonly routing: Routing;
  readonly ready: boolean;
}

/** Asks the server who would get such a visitor under these rules, saved or not. */
export function TryRouting({ team, routing, ready }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const [visitor, setVisitor] = useState({ language: "zh-CN", page: "", vip: 0, waited_s: 0 });
  const set = (part: Partial<typeof visitor>) => setVisitor((before) => ({ ...before, ...part }));
  const attempt = useMutation({
    mutationFn: () =>
      http<Tried>("POST", `/v1/teams/${team}/routing/try`, { body: { ...visitor, routing } }),
    onError: failure.show,
  });
  return (
    <fieldset className={styles.group}>
      <legend>{t("routing.tryTitle")}</legend>
      <p className={styles.hint}>{t("routing.tryHint")}</p>
      <div className={styles.line}>
        <TextInput
          label={t("routing.attributes_.page")}
          maxLength={2000}
          value={visitor.page}
          onChange={(event) => set({ page: event.currentTarget.value })}
        />
        <Select
          label={t("routing.attributes_.language")}
          allowDeselect={false}
          data={["zh-CN", "en"]}
          value={visitor.language}
          onChange={(language) => set({ language: language ?? "en" })}
        />
        <NumberInput
          label={t("routing.attributes_.vip")}
          min={0}
          max={5}
          value={visitor.vip}
          onChange={(value) => set({ vip: Number(value) || 0 })}
        />
        <NumberInput
          label={t("routing.waited")}
          min={0}
          max={86_400}
          value={visitor.waited_s}
          onChange={(value) => set({ waited_s: Number(value) || 0 })}
        />
      </div>
      <Button
        size="xs"
        variant="default"
        loading={attempt.isPending}
        disabled={!ready}
        onClick={() => attempt.mutate()}
      >
        {t("routing.tryIt")}
      </Button>
      {attempt.data ? <Answer tried={attempt.data} /> : null}
    </fieldset>
  );
}
