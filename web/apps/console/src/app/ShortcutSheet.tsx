import * as words from "../i18n/en/commands.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { useTranslation } from "../i18n/translation.tsx";
import { useOffered } from "../shared/commands/commands.ts";
import { type CommandGroup, caps, commands, isMac } from "../shared/commands/table.ts";
import { Dialog } from "../shared/ui/Dialog.tsx";
import { Key } from "../shared/ui/Key.tsx";
import styles from "./app.module.css";
import { commandName } from "./commandNames.ts";

addEnglish(words);

const groups = [...new Set(commands.map(({ group }) => group))];

function Way({ way }: { way: string }) {
  return (
    <span className={styles.way}>
      {caps(way, isMac()).map((cap) => (
        <Key key={cap}>{cap}</Key>
      ))}
    </span>
  );
}

function Section({ group }: { group: CommandGroup }) {
  const { t } = useTranslation();
  const offered = useOffered();
  // A screen or a view that one may not open is not there; what only cannot be done now is.
  const shown = commands.filter(
    ({ id, group: its, keys: [way = ""] }) =>
      its === group && (!way.startsWith("g ") || offered.has(id)),
  );
  return (
    <section>
      <h3>{t(`shortcuts.group.${group}`)}</h3>
      <dl>
        {shown.map(({ id, keys }) => (
          <div key={id}>
            <dt>{commandName(t, id)}</dt>
            <dd>
              {keys.map((way) => (
                <Way key={way} way={way} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Made from the same table that the keys are read by. */
export default function ShortcutSheet({ close }: { close: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={close} title={t("shortcuts.title")} size="64rem">
      <div className={styles.sheet}>
        {groups.map((group) => (
          <Section key={group} group={group} />
        ))}
      </div>
    </Dialog>
  );
}
