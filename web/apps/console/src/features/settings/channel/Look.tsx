import {
  ColorInput,
  ColorSwatch,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "../../../i18n/translation.tsx";
import type { PartProps } from "./ChannelForm.tsx";
import type { ChannelDraft } from "./draft.ts";
import type { Palette } from "./usePreview.ts";

type Widget = ChannelDraft["widget"];

/** What the chat makes of a color, so that everything in it can be read. */
function Contrast({ palette }: { palette: Palette }) {
  const { t } = useTranslation();
  const ink = t(palette.ink === "#ffffff" ? "settings.channel.white" : "settings.channel.black");
  const mended = (["light", "dark"] as const).filter((tone) => palette[tone] !== palette.accent);
  return (
    <div role="status">
      <Text size="xs" c="dimmed">
        {t("settings.channel.contrast", { ink, ratio: palette.ratio.toFixed(1) })}
      </Text>
      {mended.map((tone) => (
        <Group key={tone} gap={6} mt={4} wrap="nowrap">
          <ColorSwatch size={14} color={palette[tone]} />
          <Text size="xs" c="dimmed">
            {t(`settings.channel.mended.${tone}`, { color: palette[tone] })}
          </Text>
        </Group>
      ))}
    </div>
  );
}

export function Look({ draft, set, palette }: PartProps & { readonly palette: Palette | null }) {
  const { t } = useTranslation();
  const { widget } = draft;
  const put = (part: Partial<Widget>) => set({ widget: { ...widget, ...part } });
  return (
    <Stack gap="md">
      <div>
        <ColorInput
          label={t("settings.channel.color")}
          format="hex"
          withEyeDropper={false}
          value={draft.color}
          onChange={(color) => set({ color })}
          mb={6}
        />
        {palette ? <Contrast palette={palette} /> : null}
      </div>
      <Choice
        label={t("settings.channel.theme")}
        words={(["auto", "light", "dark"] as const).map((value) => ({
          value,
          label: t(`settings.channel.themes.${value}`),
        }))}
        value={widget.theme}
        change={(theme) => put({ theme })}
      />
      <Choice
        label={t("settings.channel.position")}
        words={(["left", "right"] as const).map((value) => ({
          value,
          label: t(`settings.channel.positions.${value}`),
        }))}
        value={widget.position}
        change={(position) => put({ position })}
      />
      <NumberInput
        label={t("settings.channel.bottom")}
        min={0}
        max={400}
        allowDecimal={false}
        clampBehavior="strict"
        value={widget.bottom}
        onChange={(bottom) => put({ bottom: Number(bottom) || 0 })}
      />
      <TextInput
        label={t("settings.channel.icon")}
        description={t("settings.channel.iconHint")}
        placeholder="https://"
        maxLength={500}
        spellCheck={false}
        value={widget.icon}
        onChange={(event) => put({ icon: event.currentTarget.value })}
      />
      <Choice
        label={t("settings.channel.language")}
        words={[
          { value: "auto" as const, label: t("settings.channel.pages") },
          { value: "zh-CN" as const, label: "中文" },
          { value: "en" as const, label: "English" },
          { value: "ar" as const, label: "العربية" },
        ]}
        value={widget.language}
        change={(language) => put({ language })}
      />
    </Stack>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly words: { value: T; label: string }[];
  readonly value: T;
  readonly change: (value: T) => void;
}

function Choice<T extends string>({ label, words, value, change }: ChoiceProps<T>) {
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {label}
      </Text>
      <SegmentedControl
        aria-label={label}
        data={words}
        value={value}
        onChange={(chosen) => change(chosen as T)}
      />
    </div>
  );
}
