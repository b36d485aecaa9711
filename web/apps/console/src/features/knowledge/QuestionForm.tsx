import type { Question, Tongue } from "@frontdesk/api";
import { SegmentedControl, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";

interface Props {
  readonly base: string;
  readonly question: Question | null;
  readonly close: () => void;
}

const lines = (text: string) => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

export function QuestionForm({ base, question, close }: Props) {
  const { t, i18n } = useTranslation();
  const save = useSave("knowledge", close);
  const [form, setForm] = useState({
    language: question?.language ?? (i18n.language as Tongue),
    question: question?.question ?? "",
    similar: question?.similar.join("\n") ?? "",
    answer: question?.answer ?? "",
    category: question?.category ?? "",
    enabled: question?.enabled ?? true,
  });
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const path = question ? `/v1/questions/${question.id}` : `/v1/knowledge-bases/${base}/questions`;
  const body = {
    ...form,
    question: form.question.trim(),
    answer: form.answer.trim(),
    category: form.category.trim(),
    similar: lines(form.similar),
  };
  return (
    <FormDialog
      title={t(question ? "knowledge.edit" : "knowledge.add")}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={body.question !== ""}
      submit={() => save.mutate([{ method: question ? "PATCH" : "POST", path, body }])}
      remove={question ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
    >
      <SegmentedControl
        aria-label={t("shell.language")}
        data={[
          { value: "zh-CN", label: "简体中文" },
          { value: "en", label: "English" },
        ]}
        value={form.language}
        onChange={(language) => set({ language: language as Tongue })}
      />
      <TextInput
        data-autofocus
        label={t("knowledge.question")}
        maxLength={500}
        value={form.question}
        onChange={(event) => set({ question: event.currentTarget.value })}
      />
      <Textarea
        label={t("knowledge.similar")}
        description={t("knowledge.similarHint")}
        autosize
        minRows={2}
        maxRows={10}
        value={form.similar}
        onChange={(event) => set({ similar: event.currentTarget.value })}
      />
      <Textarea
        label={t("knowledge.answer")}
        description={t("knowledge.answerHint")}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={4000}
        value={form.answer}
        onChange={(event) => set({ answer: event.currentTarget.value })}
      />
      <TextInput
        label={t("knowledge.category")}
        description={t("common.optional")}
        maxLength={200}
        value={form.category}
        onChange={(event) => set({ category: event.currentTarget.value })}
      />
      <Switch
        label={t("knowledge.enabled")}
        checked={form.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
    </FormDialog>
  );
}
