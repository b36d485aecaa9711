import { useTranslation } from "react-i18next";
import { Dialog } from "../shared/ui/Dialog.tsx";
import { Key } from "../shared/ui/Key.tsx";
import styles from "./app.module.css";

const groups = {
  lists: {
    next: ["J", "Alt ↓"],
    previous: ["K", "Alt ↑"],
    urgent: ["U"],
    details: ["D"],
    back: ["Esc"],
  },
  writing: {
    focus: ["R"],
    send: ["Enter"],
    newline: ["Shift Enter"],
    replies: ["/"],
    note: ["Alt N"],
  },
  everywhere: { palette: ["Ctrl K"], sheet: ["?"] },
} as const;

const sections: readonly (readonly [string, Readonly<Record<string, readonly string[]>>])[] =
  Object.entries(groups);

export default function ShortcutSheet({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const shown = (keys: string) =>
    keys.split(" ").map((key) => (mac ? key.replace("Ctrl", "⌘").replace("Alt", "⌥") : key));
  return (
    <Dialog opened onClose={close} title={t("shortcuts.title")} size="lg">
      <div className={styles.sheet}>
        {sections.map(([group, keys]) => (
          <section key={group}>
            <h3>{t(`shortcuts.${group as keyof typeof groups}`)}</h3>
            <dl>
              {Object.entries(keys).map(([what, ways]) => (
                <div key={what}>
                  <dt>{t(`shortcuts.${what as "next"}`)}</dt>
                  <dd>
                    {ways.map((way) => (
                      <span key={way} className={styles.way}>
                        {shown(way).map((key) => (
                          <Key key={key}>{key}</Key>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
