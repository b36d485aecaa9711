import type { ContactField } from "@frontdesk/api";
import { storage } from "../../shared/storage.ts";

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

const usual: readonly string[] = ["email", "phone", "company", "tags", "vip", "last_seen_at"];
const key = (agent: string) => `frontdesk.contact-columns.${agent}`;

export function columnsOf(fields: readonly ContactField[]): readonly Column[] {
  const own = fields.filter(({ archived }) => !archived);
  return [
    ...facts.map((id): Column => ({ id })),
    ...own.map((field): Column => ({ id: `fields.${field.key}`, field })),
  ];
}

/** Which columns this agent wants; what is not a list of words is forgotten. */
export function rememberedColumns(agent: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(storage.read(key(agent)) ?? "null");
    if (Array.isArray(kept)) return kept.filter((each) => typeof each === "string");
  } catch {
    // as if nothing had been chosen
  }
  return usual;
}

export function rememberColumns(agent: string, chosen: readonly string[]): void {
  storage.write(key(agent), JSON.stringify(chosen));
}
