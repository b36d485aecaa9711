import { Modal, TextInput } from "@mantine/core";
import { IconMessage, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { rank } from "../shared/fuzzy/fuzzy.ts";
import { useLive } from "../shared/live/connection.ts";
import { can } from "../shared/session/permissions.ts";
import { statuses, useSetStatus } from "../shared/session/presence.ts";
import { useMe } from "../shared/session/session.ts";
import { StatusDot } from "../shared/ui/StatusDot.tsx";
import styles from "./palette.module.css";
import { screens } from "./screens.ts";

interface Command {
  readonly id: string;
  readonly group: "conversations" | "screens" | "actions";
  readonly name: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

function useCommands(): Command[] {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { mutate: setStatus } = useSetStatus();
  const conversations = useLive((state) => state.conversations);
  return useMemo(() => {
    const going = screens.filter(({ needs }) => needs === null || can(me, needs));
    return [
      ...Object.values(conversations)
        .filter(({ live, snapshot }) => live && snapshot.state !== "closed")
        .map(({ snapshot: { id, contact } }): Command => {
          const params = { conversation: id };
          const run = () => void navigate({ to: "/inbox/$conversation", params });
          const icon = <IconMessage key="icon" size={17} />;
          return { id: `c-${id}`, group: "conversations", name: contact.name, icon, run };
        }),
      ...going.map(({ to, label, icon: Icon }): Command => {
        const run = () => void navigate({ to });
        return {
          id: to,
          group: "screens",
          name: t(`shell.${label}`),
          icon: <Icon size={17} />,
          run,
        };
      }),
      ...statuses.map((status): Command => {
        const name = t("palette.status", { status: t(`presence.${status}`) });
        const icon = <StatusDot key="icon" status={status} />;
        return { id: status, group: "actions", name, icon, run: () => setStatus(status) };
      }),
    ];
  }, [conversations, me, navigate, setStatus, t]);
}

export default function Palette({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(
    () => rank(query, commands, ({ name }) => [name]).slice(0, 30),
    [query, commands],
  );
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });
  const run = (command: Command | undefined) => {
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
              <small>{t(`palette.${command.group}`)}</small>
            </div>
          ))}
        </div>
        {found.length === 0 ? <p className={styles.none}>{t("common.noMatch")}</p> : null}
      </Modal.Content>
    </Modal.Root>
  );
}
