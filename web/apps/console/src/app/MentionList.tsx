import type { Mention } from "@frontdesk/api";
import { Popover } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../i18n/translation.tsx";
import { dateTime } from "../shared/format/time.ts";
import { LentButton } from "../shared/ui/LentButton.tsx";
import type { Layer } from "../shared/ui/useLayer.ts";
import { useOpened } from "../shared/ui/useOpened.ts";
import styles from "./app.module.css";
import { whyNamed } from "./named.ts";

function Line({ mention, leave }: { mention: Mention; leave: () => void }) {
  const { t, i18n } = useTranslation();
  const { conversation, at, text, seen } = mention;
  return (
    <li>
      <Link
        to="/inbox/$conversation"
        params={{ conversation: conversation.id }}
        className={styles.mentionItem}
        data-new={!seen || undefined}
        onClick={leave}
      >
        <span className={styles.mentionWho}>
          {whyNamed(t, mention)}
          <small>
            {t("mentions.about", {
              name: conversation.contact.name,
              time: dateTime(at, Date.now(), i18n.language),
            })}
          </small>
        </span>
        <span className={styles.mentionText}>{text}</span>
      </Link>
    </li>
  );
}

interface Props {
  readonly layer: Layer;
  readonly mentions: readonly Mention[];
}

export default function MentionList({ layer, mentions }: Props) {
  const { t } = useTranslation();
  const opened = useOpened(layer.opened);
  if (!layer.button) return null;
  return (
    <Popover
      id={layer.id}
      opened={opened}
      onChange={layer.change}
      position="right-end"
      width={320}
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <LentButton button={layer.button} />
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={t("mentions.title")}>
        {mentions.length ? (
          <ul className={styles.mentionList}>
            {mentions.map((each) => (
              <Line key={each.id} mention={each} leave={() => layer.change(false)} />
            ))}
          </ul>
        ) : (
          <p className={styles.mentionNone}>
            {t("mentions.none")}
            <small>{t("mentions.noneHint")}</small>
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
