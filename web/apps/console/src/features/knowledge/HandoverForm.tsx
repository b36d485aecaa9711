import type { Bot, Handover, Items, Phrases, Tongue } from "@frontdesk/api";
import { Loader, NumberInput, Select, Switch, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { agentsQuery } from "../../shared/api/queries.ts";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { Failed } from "../../shared/ui/Failed.tsx";

const tongues: readonly (readonly [Tongue, string])[] = [
  ["zh-CN", "简体中文"],
  ["en", "English"],
];

interface LinesProps {
  readonly label: string;
  readonly hint: string;
  readonly value: Phrases;
  readonly change: (value: Phrases) => void;
}

/** One phrase a line, in each language. */
function Lines({ label, hint, value, change }: LinesProps) {
  return tongues.map(([tongue, name], index) => (
    <Textarea
      key={tongue}
      label={`${label} · ${name}`}
      description={index === 0 ? hint : undefined}
      autosize
      minRows={2}
      maxRows={6}
      value={value[tongue].join("\n")}
      onChange={(event) => change({ ...value, [tongue]: event.currentTarget.value.split("\n") })}
    />
  ));
}

/** Lines as the server takes them: without empty ones. */
function tidy(phrases: Phrases): Phrases {
  const clean = (lines: readonly string[]) => lines.map((line) => line.trim()).filter(Boolean);
  return { "zh-CN": clean(phrases["zh-CN"]), en: clean(phrases.en) };
}

function Rules({ bots, close }: { bots: readonly Bot[]; close: () => void }) {
  const { t } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const save = useSave("bots", close);
  const [bot, setBot] = useState(bots[0]);
  const [changed, setChanged] = useState<Partial<Handover>>({});
  if (!bot) return null;
  const rules: Handover = { ...bot.handover, ...changed };
  const set = (change: Partial<Handover>) => setChanged((before) => ({ ...before, ...change }));
  const named = (id: string) => {
    const agent = agents.find((one) => one.id === id);
    return agent?.nickname || agent?.name || id;
  };
  const choose = (id: string | null) => {
    setBot(bots.find((one) => one.id === id) ?? bot);
    setChanged({});
  };
  const body = { handover: { ...rules, phrases: tidy(rules.phrases), words: tidy(rules.words) } };
  return (
    <FormDialog
      title={t("handover.title")}
      size="lg"
      close={close}
      busy={save.isPending}
      submit={() => save.mutate([{ method: "PATCH", path: `/v1/bots/${bot.id}`, body }])}
    >
      <p>{t("handover.hint")}</p>
      {bots.length > 1 ? (
        <Select
          label={t("handover.bot")}
          allowDeselect={false}
          data={bots.map(({ id }) => ({ value: id, label: named(id) }))}
          value={bot.id}
          onChange={choose}
        />
      ) : null}
      <Lines
        label={t("handover.phrases")}
        hint={t("handover.phrasesHint")}
        value={rules.phrases}
        change={(phrases) => set({ phrases })}
      />
      <Lines
        label={t("handover.words")}
        hint={t("handover.wordsHint")}
        value={rules.words}
        change={(words) => set({ words })}
      />
      {(["offer_after", "unknown_after"] as const).map((name) => (
        <NumberInput
          key={name}
          label={t(`handover.${name}`)}
          description={t("handover.never")}
          min={0}
          max={20}
          allowDecimal={false}
          value={rules[name]}
          onChange={(value) => set({ [name]: Number(value) || 0 })}
        />
      ))}
      {(["rating", "image", "tone"] as const).map((name) => (
        <Switch
          key={name}
          label={t(`handover.${name}`)}
          description={name === "tone" ? t("handover.toneHint") : undefined}
          checked={rules[name]}
          onChange={(event) => set({ [name]: event.currentTarget.checked })}
        />
      ))}
    </FormDialog>
  );
}

/** What makes a bot hand over, for each bot. */
export default function HandoverForm({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["bots"],
    queryFn: async ({ signal }) => (await http<Items<Bot>>("GET", "/v1/bots", { signal })).items,
    gcTime: 0,
  });
  if (query.data?.length) return <Rules bots={query.data} close={close} />;
  return (
    <Dialog opened onClose={close} title={t("handover.title")}>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <Loader size="sm" aria-label={t("common.loading")} /> : null}
      {query.isSuccess ? <p>{t("handover.none")}</p> : null}
    </Dialog>
  );
}
