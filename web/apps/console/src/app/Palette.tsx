import { Modal, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import * as words from "../i18n/en/commands.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { useTranslation } from "../i18n/translation.tsx";
import { caps, isMac } from "../shared/commands/table.ts";
import { Key } from "../shared/ui/Key.tsx";
import styles from "./palette.module.css";
import { type Item, usePaletteItems } from "./usePaletteItems.tsx";

addEnglish(words);

export default function Palette({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = usePaletteItems(query);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });
  const run = (command: Item | undefined) => {
    if (!command) return;
    close();
    command.run();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      setIndex((index + step + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(found[index]);
    }
  };
  return (
    <Modal.Root opened onClose={close} padding={0} yOffset="12vh" centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={t("palette.title")}>
        <TextInput
          data-autofocus
          size="lg"
          variant="unstyled"
          px="md"
          leftSection={<IconSearch size={18} aria-hidden="true" />}
          leftSectionWidth={52}
          role="combobox"
          aria-expanded
          aria-controls="palette"
          aria-activedescendant={found[index] ? `palette-${found[index].id}` : undefined}
          aria-label={t("palette.title")}
          placeholder={t("palette.placeholder")}
          value={query}
          onKeyDown={keys}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setIndex(0);
          }}
        />
        <div
          ref={list}
          id="palette"
          role="listbox"
          aria-label={t("palette.title")}
          className={styles.list}
        >
          {found.map((command, at) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus
            // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the text field's
            <div
              key={command.id}
              id={`palette-${command.id}`}
              role="option"
              aria-selected={at === index}
              className={styles.item}
              onMouseMove={() => setIndex(at)}
              onClick={() => run(command)}
            >
              <span className={styles.icon}>{command.icon}</span>
              <span className={styles.name}>{command.name}</span>
              {command.keys?.[0] ? (
                <span className={styles.keys}>
                  {caps(command.keys[0], isMac()).map((cap) => (
                    <Key key={cap}>{cap}</Key>
                  ))}
                </span>
              ) : (
                <small>{t(`palette.${command.group}`)}</small>
              )}
            </div>
          ))}
        </div>
        {found.length === 0 ? <p className={styles.none}>{t("common.noMatch")}</p> : null}
      </Modal.Content>
    </Modal.Root>
  );
}
