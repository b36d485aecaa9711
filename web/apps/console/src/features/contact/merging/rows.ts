import type { Contact, ContactField, FieldValue } from "@frontdesk/api";

export type Side = "kept" | "other";
export type Pick = Side | "both";
export type Fact = "name" | "email" | "phone" | "company" | "remark";

export interface Row {
  /** As the server names it: a fact, or `fields.` and a key. */
  readonly name: string;
  /** One of the record's own facts; the others have the label of the organization's field. */
  readonly fact: Fact | null;
  readonly label: string;
  readonly kept: FieldValue | "";
  readonly other: FieldValue | "";
  /** Both say something, and not the same: somebody has to choose. */
  readonly differs: boolean;
}

const facts: readonly Fact[] = ["name", "email", "phone", "company", "remark"];

/** What either of the two says, fact by fact. What neither says is left out; what is archived is not shown. */
export function rowsOf(kept: Contact, other: Contact, fields: readonly ContactField[]): Row[] {
  const row = (name: string, fact: Fact | null, label: string, one: unknown, two: unknown): Row => {
    const [left, right] = [one ?? "", two ?? ""] as [FieldValue | "", FieldValue | ""];
    const differs = left !== "" && right !== "" && left !== right;
    return { name, fact, label, kept: left, other: right, differs };
  };
  return [
    ...facts.map((fact) => row(fact, fact, "", kept[fact], other[fact])),
    ...fields
      .filter(({ archived }) => !archived)
      .map(({ key, label }) =>
        row(`fields.${key}`, null, label, kept.fields[key], other.fields[key]),
      ),
  ].filter((each) => each.kept !== "" || each.other !== "");
}

/** Who has to stay: the one that the company knows by an id, else whom one has looked at. Null: they are two people. */
export function keptOf(opened: Contact, other: Contact, swapped: boolean): Contact | null {
  if (opened.external_id && other.external_id) return null;
  if (opened.external_id) return opened;
  if (other.external_id) return other;
  return swapped ? other : opened;
}

/** What is sent: a choice for every fact in which they differ. */
export function picksOf(
  rows: readonly Row[],
  chosen: Readonly<Record<string, Pick>>,
): Record<string, Pick> {
  return Object.fromEntries(
    rows.filter(({ differs }) => differs).map(({ name }) => [name, chosen[name] ?? "kept"]),
  );
}
