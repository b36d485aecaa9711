import { Group, SegmentedControl, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "./channel.module.css";
import type { ChannelDraft, Tongue } from "./draft.ts";
import { type Palette, usePreview } from "./usePreview.ts";

interface Props {
  readonly draft: ChannelDraft;
  readonly told: (palette: Palette) => void;
}

const sizes = { desktop: { width: 800, height: 720 }, phone: { width: 390, height: 720 } } as const;
type Device = keyof typeof sizes;

/** The chat's own code with what is being typed: nothing is saved, nobody is asked. */
export function Preview({ draft, told }: Props) {
  const { t, i18n } = useTranslation();
  const [device, setDevice] = useState<Device>("desktop");
  const [seen, setSeen] = useState<"light" | "dark">("light");
  const [state, setState] = useState<"open" | "closed">("open");
  const [tongue, setTongue] = useState<Tongue>(i18n.language === "en" ? "en" : "zh-CN");
  const place = useElementSize();
  const { theme, language } = draft.widget;
  const light = theme === "auto" ? seen : theme;
  const shown = {
    ...draft,
    widget: { ...draft.widget, theme: light },
    language: language === "auto" ? tongue : language,
    open: state === "open",
  };
  const frame = usePreview({ draft: shown, dark: seen === "dark" }, told);
  const { width, height } = sizes[device];
  const scale = Math.min(1, (place.width || width) / width, 540 / height);
  return (
    <section className={styles.preview} aria-label={t("settings.preview.title")}>
      <Group gap="xs" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label={t("settings.preview.device")}
          data={(["desktop", "phone"] as const).map((value) => ({
            value,
            label: t(`settings.preview.${value}`),
          }))}
          value={device}
          onChange={(chosen) => setDevice(chosen as Device)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("settings.preview.light")}
          data={(["light", "dark"] as const).map((value) => ({
            value,
            label: t(`settings.channel.themes.${value}`),
          }))}
          value={seen}
          onChange={(chosen) => setSeen(chosen as "light" | "dark")}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("settings.preview.state")}
          data={(["open", "closed"] as const).map((value) => ({
            value,
            label: t(`settings.preview.${value}`),
          }))}
          value={state}
          onChange={(chosen) => setState(chosen as "open" | "closed")}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("settings.channel.language")}
          disabled={language !== "auto"}
          data={[
            { value: "zh-CN", label: "中文" },
            { value: "en", label: "English" },
          ]}
          value={shown.language}
          onChange={(chosen) => setTongue(chosen as Tongue)}
        />
      </Group>
      <div ref={place.ref} className={styles.stage} style={{ height: height * scale }}>
        <iframe
          ref={frame}
          title={t("settings.preview.title")}
          src="/widget/preview/index.html"
          width={width}
          height={height}
          style={{ transform: `scale(${scale})` }}
        />
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        {t("settings.preview.hint")}
      </Text>
    </section>
  );
}
