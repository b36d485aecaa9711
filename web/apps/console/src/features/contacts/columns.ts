import type { ContactField } from "@frontdesk/api";

export const facts = [
  "email",
  "phone",
  "company",
  "tags",
  "vip",
  "owner",
  "external_id",
  "visits",
  "last_seen_at",
] as const;
export type Fact = (typeof facts)[number];

/** A column of the table: a fact of every contact, or one of the organization's own fields. */
export type Column =
  | { readonly id: Fact; readonly field?: undefined }
  | { readonly id: string; readonly field: ContactField };

/** What is shown until somebody chooses. */
export const usual: readonly string[] = [
  "email",
  "phone",
  "company",
  "tags",
  "vip",
  "last_seen_at",
];

export function columnsOf(fields: readonly ContactField[]): readonly Column[] {
  const own = fields.filter(({ archived }) => !archived);
  return [
    ...facts.map((id): Column => ({ id })),
    ...own.map((field): Column => ({ id: `fields.${field.key}`, field })),
  ];
}
