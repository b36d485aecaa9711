import type { MacroStep } from "@frontdesk/api";
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { categoriesQuery, quickRepliesQuery, tagsQuery } from "../../../shared/api/queries.ts";
import { span } from "../../../shared/format/time.ts";
import { destinationOf, transferTo } from "../../../shared/passing/destinations.ts";
import { useDestinations } from "../../../shared/passing/useDestinations.ts";
import { SolvedPicker } from "../../../shared/wrapUp/SolvedPicker.tsx";

interface Props {
  readonly step: MacroStep;
  readonly shared: boolean;
  readonly change: (step: MacroStep) => void;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly choose: (id: string) => void;
  readonly error?: string | undefined;
}

function Choice({ label, value, choices, choose, error }: ChoiceProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      aria-label={label}
      error={error}
      value={value}
      data={[
        { value: "", label: t("macros.choose") },
        ...choices.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

function ReplyChoice({
  value,
  shared,
  choose,
}: Pick<ChoiceProps, "value" | "choose"> & { shared: boolean }) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(quickRepliesQuery);
  const usable = data.filter(({ personal, id }) => !shared || !personal || id === value);
  const unfit = shared && usable.find(({ id }) => id === value)?.personal;
  return (
    <Choice
      label={t("macros.kind.reply")}
      error={unfit ? t("macros.personalOnly") : undefined}
      value={value}
      choices={usable.map(({ id, title, group }) => ({
        id,
        name: group ? `${group} / ${title}` : title,
      }))}
      choose={choose}
    />
  );
}

function TagChoice({ value, choose }: Pick<ChoiceProps, "value" | "choose">) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(tagsQuery);
  const usable = data.filter(({ archived, id }) => !archived || id === value);
  return <Choice label={t("macros.kind.tag")} value={value} choices={usable} choose={choose} />;
}

function TargetChoice({ value, choose }: Pick<ChoiceProps, "value" | "choose">) {
  const { t } = useTranslation();
  const destinations = useDestinations();
  return (
    <NativeSelect
      aria-label={t("macros.kind.transfer")}
      value={value}
      data={[{ value: "", label: t("macros.choose") }, ...destinations]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

type WrapUp = Extract<MacroStep, { do: "wrap_up" }>;

function WrapUpFields({ step, change }: { step: WrapUp; change: (step: WrapUp) => void }) {
  const { t } = useTranslation();
  const { data = [] } = useQuery(categoriesQuery);
  const known = data.includes(step.category) || !step.category ? data : [step.category, ...data];
  return (
    <>
      <NativeSelect
        aria-label={t("macros.category")}
        value={step.category}
        data={[{ value: "", label: t("macros.noCategory") }, ...known]}
        onChange={(event) => change({ ...step, category: event.currentTarget.value })}
      />
      <TextInput
        mt={6}
        aria-label={t("macros.remark")}
        placeholder={t("macros.remark")}
        maxLength={1000}
        value={step.remark}
        onChange={(event) => change({ ...step, remark: event.currentTarget.value })}
      />
      <SolvedPicker value={step.solved ?? null} choose={(solved) => change({ ...step, solved })} />
    </>
  );
}

const spans = [1, 2, 4, 24, 72, 168].map((hours) => hours * 3600);

/** What a step needs to be told. */
export function StepFields({ step, shared, change }: Props) {
  const { t, i18n } = useTranslation();
  switch (step.do) {
    case "reply":
      return (
        <ReplyChoice
          value={step.reply_id}
          shared={shared}
          choose={(reply_id) => change({ ...step, reply_id })}
        />
      );
    case "note":
      return (
        <Textarea
          aria-label={t("macros.text")}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={step.text}
          onChange={(event) => change({ ...step, text: event.currentTarget.value })}
        />
      );
    case "tag":
    case "untag":
      return <TagChoice value={step.tag_id} choose={(tag_id) => change({ ...step, tag_id })} />;
    case "vip":
      return (
        <NativeSelect
          aria-label={t("macros.kind.vip")}
          value={String(step.level)}
          data={[0, 1, 2, 3, 4, 5].map((level) => ({
            value: String(level),
            label: level ? t("contact.vipLevel", { level }) : t("contact.vipNone"),
          }))}
          onChange={(event) => change({ ...step, level: Number(event.currentTarget.value) })}
        />
      );
    case "snooze":
      return (
        <NativeSelect
          aria-label={t("macros.kind.snooze")}
          value={String(step.for_s)}
          data={[...new Set([...spans, step.for_s])].map((seconds) => ({
            value: String(seconds),
            label: span(seconds * 1000, i18n.language),
          }))}
          onChange={(event) => change({ ...step, for_s: Number(event.currentTarget.value) })}
        />
      );
    case "wrap_up":
      return <WrapUpFields step={step} change={change} />;
    case "transfer":
      return (
        <TargetChoice value={destinationOf(step)} choose={(value) => change(transferTo(value))} />
      );
    default:
      return null;
  }
}
