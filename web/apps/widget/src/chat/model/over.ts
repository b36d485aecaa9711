import type { TextKey } from "../i18n/i18n.ts";

/** What lies over the chat: a form or a page, and a sentence about what did not work. */
export function createOver(changed: () => void) {
  let form: "asked" | "absent" | "help" | "mail" | null = null;
  let notice: TextKey | null = null;
  return {
    get form() {
      return form;
    },
    get notice() {
      return notice;
    },
    showForm(why: typeof form): void {
      form = why;
      changed();
    },
    tell(text: TextKey | null): void {
      notice = text;
      changed();
    },
  };
}

export type Over = ReturnType<typeof createOver>;
