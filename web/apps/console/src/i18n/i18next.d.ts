import type { en } from "./en/index.ts";
import type { later } from "./en/later.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en & typeof later };
  }
}
