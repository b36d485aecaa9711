import { Button, Group, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { categoriesQuery, tagsQuery } from "../../../shared/api/queries.ts";
import { momentsFrom } from "../../../shared/format/moments.ts";
import { dateTime } from "../../../shared/format/time.ts";
import { macrosQuery } from "../../../shared/macros/macros.ts";
import { transferTo } from "../../../shared/passing/destinations.ts";
import { useDestinations } from "../../../shared/passing/useDestinations.ts";
import { SolvedPicker } from "../../../shared/wrapUp/SolvedPicker.tsx";
import type { BulkKind } from "./BulkDialog.tsx";
import type { Deed } from "./bulk.ts";

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What can be chosen, as the select shows it. */
function useOptions(kind: BulkKind) {
  const { t, i18n } = useTranslation();
  const [now] = useState(Date.now);
  const { data: tags = [] } = useQuery({ ...tagsQuery, enabled: kind === "tag" });
  const { data: macros = [] } = useQuery({ ...macrosQuery, enabled: kind === "macro" });
  const { data: categories = [] } = useQuery({ ...categoriesQuery, enabled: kind === "close" });
  const destinations = useDestinations(kind === "assign");
  const named = (list: readonly { id: string; name: string }[]): Option[] =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  switch (kind) {
    case "tag":
      return named(tags.filter(({ archived }) => !archived));
    case "macro":
      return named(macros);
    case "close":
      return categories.map((path) => ({ value: path, label: path }));
    case "assign":
      return destinations;
    case "snooze":
      return momentsFrom(now).map(({ name, at }) => ({
        value: String(at),
        label: `${t(`snoozing.${name}`)} · ${dateTime(at, now, i18n.language)}`,
      }));
    case "flag":
      return [
        { value: "yes", label: t("bulk.important") },
        { value: "no", label: t("bulk.unimportant") },
      ];
  }
}

function deedOf(kind: BulkKind, value: string, solved: boolean | null): Deed {
  switch (kind) {
    case "tag":
      return { steps: [{ do: "tag", tag_id: value }] };
    case "macro":
      return { macro: value };
    case "flag":
      return { steps: [{ do: "flag", important: value === "yes" }] };
    case "snooze": {
      const left = Math.round((Number(value) - Date.now()) / 1000);
      return { steps: [{ do: "snooze", for_s: Math.max(60, left) }] };
    }
    case "assign":
      return { steps: [transferTo(value)] };
    case "close": {
      const filed =
        value || solved !== null
          ? [{ do: "wrap_up", category: value, remark: "", solved } as const]
          : [];
      return { steps: [...filed, { do: "close" }] };
    }
  }
}

interface Props {
  readonly kind: BulkKind;
  readonly count: number;
  readonly start: (deed: Deed) => void;
  readonly close: () => void;
}

export function DeedForm({ kind, count, start, close }: Props) {
  const { t } = useTranslation();
  const [value, setValue] = useState(kind === "flag" ? "yes" : "");
  const [solved, setSolved] = useState<boolean | null>(null);
  const optional = kind === "close";
  const first = { value: "", label: t(optional ? "bulk.noCategory" : "bulk.choose") };
  const options = useOptions(kind);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (optional || value) start(deedOf(kind, value, solved));
  };
  return (
    <form onSubmit={submit}>
      <NativeSelect
        data-autofocus
        label={t(`bulk.label.${kind}`)}
        value={value}
        data={kind === "flag" ? options : [first, ...options]}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      {kind === "close" ? <SolvedPicker value={solved} choose={setSolved} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t("common.cancel")}
        </Button>
        <Button type="submit" disabled={!optional && !value}>
          {t("bulk.submit", { count })}
        </Button>
      </Group>
    </form>
  );
}
