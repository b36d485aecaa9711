import { later } from "../i18n/en/later.ts";
import { addEnglish } from "../i18n/i18n.ts";

addEnglish(later);

export { Consent } from "../features/access/Consent.tsx";
