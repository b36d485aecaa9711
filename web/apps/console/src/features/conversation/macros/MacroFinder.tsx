import type { Macro } from "@frontdesk/api";
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { teamsQuery } from "../../../shared/api/queries.ts";
import { rank } from "../../../shared/fuzzy/fuzzy.ts";
import styles from "./macros.module.css";

interface Props {
  readonly macros: readonly Macro[];
  readonly chosen: string | null;
  readonly choose: (id: string | null) => void;
  readonly submit: () => void;
}

/** A macro by some of its letters; the field keeps the focus, arrows choose, Enter runs. */
export function MacroFinder({ macros, chosen, choose, submit }: Props) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery);
  const [query, setQuery] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const found = rank(query, macros, ({ name }) => [name]);
  const index = found.findIndex(({ id }) => id === chosen);
  const first = found[0]?.id ?? null;
  useEffect(() => {
    if (index < 0) choose(first);
  }, [index, first, choose]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      choose(found[(index + step + found.length) % found.length]?.id ?? null);
    } else if (event.key === "Enter") {
      event.preventDefault();
      submit();
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="macros"
        aria-activedescendant={index < 0 ? undefined : `macro-${chosen}`}
        aria-label={t("macros.search")}
        placeholder={t("macros.search")}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={query}
        onKeyDown={keys}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <div
        ref={list}
        id="macros"
        role="listbox"
        aria-label={t("macros.list")}
        className={styles.list}
      >
        {found.map(({ id, name, team_id }) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the text field's
          <div
            key={id}
            id={`macro-${id}`}
            role="option"
            aria-selected={id === chosen}
            className={styles.macro}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(id)}
            onDoubleClick={submit}
          >
            <span>
              <bdi>{name}</bdi>
            </span>
            {team_id ? <small>{teams.find((team) => team.id === team_id)?.name}</small> : null}
          </div>
        ))}
      </div>
      {macros.length && !found.length ? <p className={styles.none}>{t("common.noMatch")}</p> : null}
    </>
  );
}
