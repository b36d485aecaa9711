import type { TextKey } from "../i18n/i18n.ts";
import type { Storage } from "./storage.ts";
import { readJson } from "./storage.ts";

/** The leave-message form: its fields, what is wrong with them, and a draft that survives a reload. */
export interface LeaveForm {
  name: string;
  phone: string;
  email: string;
  text: string;
  /** One per message, so that sending it again after a lost answer leaves no second one. */
  client_id: string;
}

export type LeaveField = "name" | "phone" | "email" | "text";
export type LeaveErrors = Partial<Record<LeaveField, TextKey>>;

/** What is wrong with a number and an address, where they are given. */
export function reachErrors(givenPhone: string, givenEmail: string): LeaveErrors {
  const errors: LeaveErrors = {};
  const phone = givenPhone.trim();
  const email = givenEmail.trim();
  if (phone && (phone.replace(/\D/g, "").length < 5 || /[^\d\s()+.-]/.test(phone))) {
    errors.phone = "leave.bad_phone";
  }
  if (email && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) errors.email = "leave.bad_email";
  return errors;
}

export function check(form: LeaveForm): LeaveErrors {
  const errors = reachErrors(form.phone, form.email);
  if (!form.name.trim()) errors.name = "leave.need_name";
  if (!form.phone.trim() && !form.email.trim()) errors.phone = "leave.need_reach";
  if (!form.text.trim()) errors.text = "leave.need_text";
  return errors;
}

export function emptyForm(): LeaveForm {
  return { name: "", phone: "", email: "", text: "", client_id: crypto.randomUUID() };
}

function isForm(value: unknown): value is LeaveForm {
  const form = value as LeaveForm | null;
  return typeof form?.client_id === "string" && typeof form.text === "string";
}

export function leaveDraft(storage: Storage, channel: string) {
  const key = `frontdesk.leave.${channel}`;
  return {
    read: () => readJson(storage, key, isForm) ?? emptyForm(),
    write: (form: LeaveForm) => storage.set(key, JSON.stringify(form)),
    clear: () => storage.set(key, null),
  };
}
