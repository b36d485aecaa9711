import type { TextKey } from "../i18n/i18n.ts";
import { ApiError } from "./api.ts";
import { reachErrors } from "./leave.ts";
import { readJson, type Storage } from "./storage.ts";

/** A line of the form before the chat; what is known of the visitor is not among them. */
export interface AskedLine {
  id: string;
  kind:
    | "name"
    | "email"
    | "phone"
    | "team"
    | "text"
    | "choice"
    | "line"
    | "number"
    | "date"
    | "boolean"
    | "link";
  /** Empty: the widget says what is asked for. */
  label: string;
  required: boolean;
  /** Kept with the visitor's record, and not asked for again. */
  lasting: boolean;
  options: readonly { value: string; label: string }[];
}

export type FormValue = string | number | boolean;
export type FormErrors = Readonly<Record<string, TextKey>>;

interface Draft {
  values: Record<string, string>;
  /** The visitor has sent it off; the server may not have heard of it yet. */
  given: boolean;
}

const NUMBER = /^-?\d+([.,]\d+)?$/;

function isDraft(value: unknown): value is Draft {
  const draft = value as Draft | null;
  return typeof draft?.given === "boolean" && typeof draft.values === "object" && !!draft.values;
}

function wrong({ kind, required }: AskedLine, text: string): TextKey | undefined {
  if (!text) return required ? (kind === "boolean" ? "prechat.tick" : "prechat.need") : undefined;
  if (kind === "email") return reachErrors("", text).email;
  if (kind === "phone") return reachErrors(text, "").phone;
  if (kind === "number" && !NUMBER.test(text)) return "prechat.bad_number";
  if (kind === "link" && !/^https?:\/\/\S+$/.test(text)) return "prechat.bad_link";
  return undefined;
}

export function checkForm(
  lines: readonly AskedLine[],
  values: Readonly<Record<string, string>>,
): FormErrors {
  const found = lines.map((line) => [line.id, wrong(line, (values[line.id] ?? "").trim())]);
  return Object.fromEntries(found.filter(([, error]) => error));
}

function answerOf(kind: AskedLine["kind"], text: string): FormValue {
  if (kind === "boolean") return true;
  return kind === "number" ? Number(text.replace(",", ".")) : text;
}

/**
 * The form before the chat. Every letter is stored as it is typed; what was given stays until the conversation is open, so
 * that neither a reload nor a bad line asks twice.
 */
export function createPreChat(options: {
  storage: Storage;
  channel: string;
  /** Asks the server again what it wants to know. */
  renew(): void;
  changed(): void;
}) {
  const { storage, channel, renew, changed } = options;
  const key = `frontdesk.form.${channel}`;
  let lines: readonly AskedLine[] = [];
  let errors: FormErrors = {};

  const read = (): Draft => readJson(storage, key, isDraft) ?? { values: {}, given: false };
  const write = (draft: Draft) => storage.set(key, JSON.stringify(draft));

  return {
    get lines() {
      return lines;
    },
    get values() {
      return read().values;
    },
    /** What the server has found wrong. */
    get errors() {
      return errors;
    },
    /** To be filled in before anything else. */
    get due() {
      return lines.length > 0 && !read().given;
    },
    get given() {
      return read().given;
    },
    /** What the server asks for. With an open conversation, what was given has arrived. */
    ask(next: readonly AskedLine[], open: boolean): void {
      lines = next;
      if (open) storage.set(key, null);
    },
    type(id: string, text: string): void {
      const { values } = read();
      write({ values: { ...values, [id]: text }, given: false });
    },
    give(): void {
      errors = {};
      write({ values: read().values, given: true });
      changed();
    },
    /** For the opening of a conversation. */
    answers(): Record<string, FormValue> {
      const { values, given } = read();
      if (!given) return {};
      const said = lines.map(({ id, kind }) => [id, kind, (values[id] ?? "").trim()] as const);
      const filled = said.filter(([, , text]) => text !== "");
      return Object.fromEntries(filled.map(([id, kind, text]) => [id, answerOf(kind, text)]));
    },
    /** The conversation is open: the next one asks only for what is about the conversation. */
    taken(): void {
      storage.set(key, null);
      lines = lines.filter(({ lasting }) => !lasting);
    },
    /** The server wants something else: the form stands there again, with everything that was typed. */
    refused(error: unknown): void {
      if (!(error instanceof ApiError) || error.error.kind !== "invalid") return;
      const { field } = (error.error.details ?? {}) as { field?: string };
      const line = lines.find(({ id }) => id === field);
      const { values } = read();
      write({ values, given: false });
      if (line) errors = { [line.id]: wrong(line, values[line.id] ?? "") ?? "prechat.bad" };
      else renew();
      changed();
    },
  };
}

export type PreChat = ReturnType<typeof createPreChat>;
