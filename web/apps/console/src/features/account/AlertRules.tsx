import { ActionIcon, NativeSelect, Slider } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import {
  changeRules,
  type Kind,
  kinds,
  useRules,
  type Way,
  ways,
} from "../../shared/alerts/rules.ts";
import { play } from "../../shared/alerts/sound.ts";
import own from "./account.module.css";

function Rule({ kind, way, sound }: { kind: Kind; way: Way; sound: boolean }) {
  const { t } = useTranslation();
  const { ways: chosen } = useRules();
  const name = t(`alertRules.kind.${kind}`);
  return (
    <li className={own.rule}>
      <span className={own.what}>
        <strong>{name}</strong>
        <small>{t(`alertRules.about.${kind}`)}</small>
      </span>
      <NativeSelect
        className={own.way}
        size="sm"
        miw={172}
        aria-label={name}
        value={way}
        data={ways.map((each) => ({ value: each, label: t(`alertRules.${each}`) }))}
        onChange={(event) =>
          changeRules({ ways: { ...chosen, [kind]: event.currentTarget.value as Way } })
        }
      />
      <ActionIcon
        size="lg"
        variant="default"
        disabled={!sound}
        aria-label={t("alertRules.hear", { name })}
        onClick={() => play(kind)}
      >
        <IconPlayerPlay size={16} aria-hidden="true" />
      </ActionIcon>
    </li>
  );
}

/** What this device tells its agent of, how loud, and what each sounds like. */
export function AlertRules() {
  const { t } = useTranslation();
  const { sound, volume, ways: chosen } = useRules();
  return (
    <section className={styles.section}>
      <h2>{t("alertRules.title")}</h2>
      <p>{t("alertRules.hint")}</p>
      <div className={own.volume}>
        <span id="volume">{t("alertRules.volume")}</span>
        <Slider
          flex={1}
          maw={260}
          min={0}
          max={100}
          step={5}
          label={(value) => `${value}%`}
          value={Math.round(volume * 100)}
          disabled={!sound}
          thumbProps={{ "aria-labelledby": "volume" }}
          onChange={(value) => changeRules({ volume: value / 100 })}
          onChangeEnd={() => play("message")}
        />
      </div>
      <ul className={`${styles.rows} ${own.rules}`}>
        {kinds.map((kind) => (
          <Rule key={kind} kind={kind} way={chosen[kind]} sound={sound} />
        ))}
      </ul>
      <p className={own.after}>{t("alertRules.repeatedHint")}</p>
    </section>
  );
}
