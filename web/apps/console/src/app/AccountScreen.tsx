import { Account } from "../features/account/Account.tsx";
import { later } from "../i18n/en/later.ts";
import { alsoInEnglish } from "../i18n/i18n.ts";

alsoInEnglish(later);

export const AccountScreen = Account;
