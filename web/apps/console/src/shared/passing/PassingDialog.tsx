import { Button, Group, Tabs, Textarea, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { rank } from "../fuzzy/fuzzy.ts";
import { Dialog } from "../ui/Dialog.tsx";
import styles from "./passing.module.css";
import { type Target, Targets } from "./Targets.tsx";

export interface TargetList {
  readonly name: string;
  readonly label: string;
  readonly list: readonly Target[];
  /** What is said where there is nobody at all. */
  readonly none: string;
}

interface Props {
  readonly title: string;
  /** One list, or several behind tabs. */
  readonly lists: readonly TargetList[];
  /** The name of a note that may go along. */
  readonly note?: string;
  readonly submit: (target: Target | null) => { readonly label: string; readonly color?: string };
  readonly busy: boolean;
  readonly go: (target: Target, words: { readonly note?: string }) => void;
  readonly close: () => void;
  readonly children?: ReactNode;
}

/** To whom a conversation goes, or who comes to it: searched for, chosen, and said yes to. */
export function PassingDialog({ title, lists, note, submit, busy, go, close, children }: Props) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const [written, setWritten] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const target = lists.flatMap(({ list }) => list).find(({ id }) => id === chosen) ?? null;
  const { label, color = "tide" } = submit(target);
  const words = written.trim();

  const search = (
    <TextInput
      data-autofocus
      aria-label={t("transfer.search")}
      placeholder={t("transfer.search")}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      value={query}
      onChange={(event) => setQuery(event.currentTarget.value)}
    />
  );
  const found = ({ name, label, list, none }: TargetList) => (
    <Targets
      name={name}
      label={label}
      list={rank(query, list, (each) => [each.name])}
      none={query ? t("common.noMatch") : none}
      target={target}
      choose={({ id }) => setChosen(id)}
    />
  );
  const [only, ...more] = lists;
  return (
    <Dialog opened onClose={close} title={title}>
      {children}
      {only && more.length === 0 ? (
        <>
          {search}
          <div className={styles.targets}>{found(only)}</div>
        </>
      ) : (
        <Tabs defaultValue={only?.name ?? null} onChange={() => setChosen(null)}>
          <Tabs.List grow mb="sm">
            {lists.map((each) => (
              <Tabs.Tab key={each.name} value={each.name}>
                {each.label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {search}
          {lists.map((each) => (
            <Tabs.Panel key={each.name} value={each.name} className={styles.targets ?? ""}>
              {found(each)}
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
      {note === undefined ? null : (
        <Textarea
          mt="sm"
          label={note}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1000}
          value={written}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t("common.cancel")}
        </Button>
        <Button
          disabled={!target}
          color={color}
          loading={busy}
          onClick={() => target && go(target, words ? { note: words } : {})}
        >
          {label}
        </Button>
      </Group>
    </Dialog>
  );
}
