import { SignIn } from "../features/sign-in/SignIn.tsx";
import * as account from "../i18n/en/account.ts";
import * as signIn from "../i18n/en/signIn.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { LanguageSwitch, ThemeSwitch } from "./Switches.tsx";

addEnglish({ ...account, ...signIn });

export function SignInScreen() {
  return (
    <SignIn
      switches={
        <>
          <LanguageSwitch />
          <ThemeSwitch />
        </>
      }
    />
  );
}
