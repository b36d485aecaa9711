import type { ContactField, FormLine } from "@frontdesk/api";

/** A line while it is edited; `place` keeps it apart from its like until it has a key. */
export interface EditedLine extends FormLine {
  readonly place: number;
}

export type Kind = FormLine["kind"];

/** Of these there can be one each. */
const single: readonly Kind[] = ["name", "email", "phone", "team"];
/** Questions of the channel's own. */
export const own: readonly Kind[] = ["text", "choice"];

export function addable(lines: readonly FormLine[], fields: readonly ContactField[]) {
  const taken = new Set(lines.map(({ kind, key }) => `${kind}.${kind === "field" ? key : ""}`));
  return {
    kinds: [...single.filter((kind) => !taken.has(`${kind}.`)), ...own],
    fields: fields.filter(({ key, archived }) => !archived && !taken.has(`field.${key}`)),
  };
}

export function newLine(kind: Kind, key = ""): FormLine {
  const nothing = { "zh-CN": [], en: [] };
  return {
    kind,
    key,
    label: { "zh-CN": "", en: "" },
    required: false,
    choices: nothing,
    teams: [],
  };
}

export function isReady({ kind, label, choices, teams }: FormLine): boolean {
  if (kind === "team") return teams.length > 0;
  if (!own.includes(kind)) return true;
  const asked = label["zh-CN"].trim() !== "" || label.en.trim() !== "";
  return asked && (kind === "text" || choices["zh-CN"].length > 0 || choices.en.length > 0);
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const [one] = list.slice(from, from + 1);
  return one === undefined ? rest : [...rest.slice(0, to), one, ...rest.slice(to)];
}
