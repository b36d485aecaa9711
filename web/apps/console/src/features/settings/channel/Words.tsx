import { SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import type { PartProps } from "./ChannelForm.tsx";
import { lines, type Tongue } from "./draft.ts";

/** What the chat says, in one language at a time. */
export function Words({ draft, set }: PartProps) {
  const { t, i18n } = useTranslation();
  const [tongue, setTongue] = useState<Tongue>(i18n.language === "en" ? "en" : "zh-CN");
  const { widget } = draft;
  return (
    <Stack gap="sm">
      {(["title", "subtitle"] as const).map((field) => (
        <TextInput
          key={field}
          label={t(`settings.channel.${field}`)}
          maxLength={field === "title" ? 60 : 120}
          value={draft[field]}
          onChange={(event) => set({ [field]: event.currentTarget.value })}
        />
      ))}
      <SegmentedControl
        aria-label={t("settings.channel.language")}
        data={[
          { value: "zh-CN", label: "中文" },
          { value: "en", label: "English" },
        ]}
        value={tongue}
        onChange={(chosen) => setTongue(chosen as Tongue)}
      />
      {(["words", "bubble"] as const).map((field) => (
        <TextInput
          key={field}
          label={t(`settings.channel.${field}`)}
          maxLength={field === "words" ? 40 : 200}
          value={widget[field][tongue]}
          onChange={(event) => {
            const texts = { ...widget[field], [tongue]: event.currentTarget.value };
            set({ widget: { ...widget, [field]: texts } });
          }}
        />
      ))}
      <Textarea
        label={t("settings.channel.greeting")}
        autosize
        minRows={2}
        maxLength={500}
        value={draft.greeting[tongue]}
        onChange={(event) =>
          set({ greeting: { ...draft.greeting, [tongue]: event.currentTarget.value } })
        }
      />
      <Textarea
        key={`hot-${tongue}`}
        label={t("settings.channel.hot")}
        description={t("settings.channel.hotHint")}
        autosize
        minRows={3}
        defaultValue={draft.hot_questions[tongue].join("\n")}
        onChange={(event) =>
          set({
            hot_questions: { ...draft.hot_questions, [tongue]: lines(event.currentTarget.value) },
          })
        }
      />
    </Stack>
  );
}
