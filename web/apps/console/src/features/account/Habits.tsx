import { NativeSelect, Stack } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { usePreferences } from "../../shared/desk/preferences.ts";
import { setContrast, useContrast } from "../../shared/ui/contrast.ts";

const seconds = [5, 10, 20, 30];

/** What an agent chooses for themselves: some of it for all devices, some for this screen. */
export function Habits() {
  const { t } = useTranslation();
  const { preferences, change } = usePreferences();
  const contrast = useContrast();
  return (
    <section className={styles.section}>
      <h2>{t("habits.title")}</h2>
      <Stack gap="sm" maw={420}>
        <NativeSelect
          label={t("habits.undo")}
          description={t("habits.undoHint")}
          value={String(preferences.undo_s)}
          data={[
            { value: "0", label: t("habits.undoOff") },
            ...[...new Set([...seconds, ...(preferences.undo_s ? [preferences.undo_s] : [])])].map(
              (count) => ({ value: String(count), label: t("habits.undoFor", { count }) }),
            ),
          ]}
          onChange={(event) => change({ undo_s: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={t("habits.contrast")}
          description={t("habits.contrastHint")}
          value={contrast}
          data={[
            { value: "auto", label: t("habits.contrastAuto") },
            { value: "more", label: t("habits.contrastMore") },
          ]}
          onChange={(event) => setContrast(event.currentTarget.value === "more" ? "more" : "auto")}
        />
      </Stack>
    </section>
  );
}
