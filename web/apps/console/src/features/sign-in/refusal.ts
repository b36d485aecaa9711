import { ApiError } from "@frontdesk/api";
import { useTranslation } from "../../i18n/translation.tsx";
import { enteredWith } from "../../shared/entered.ts";
import { useFailure } from "../../shared/ui/failure.ts";

const codeOf = (error: unknown) => (error instanceof ApiError ? error.wire.code : "");

const returns = ["expired", "cancelled", "failed", "no-account"] as const;

/** What went wrong at the company's own sign-in, if that is why one is here again. */
export function useReturned(): string | null {
  const { t } = useTranslation();
  const told = new URLSearchParams(enteredWith).get("sso");
  const known = returns.find((one) => one === told);
  return known ? t(`signIn.sso.${known}`) : null;
}

/** What to say to somebody who is not let in. */
export function useRefusal() {
  const { t } = useTranslation();
  const failure = useFailure();
  const words = (error: unknown): string => {
    if (codeOf(error) === "auth.sign-in-over") return t("secondFactor.over");
    if (["auth.code-wrong", "auth.passkey"].includes(codeOf(error))) return failure.words(error);
    if (error instanceof ApiError && [400, 401, 403, 404].includes(error.status))
      return t("signIn.refused");
    if (error instanceof ApiError && error.status === 429) return t("signIn.tooMany");
    return failure.words(error);
  };
  return { words, isOver: (error: unknown) => codeOf(error) === "auth.sign-in-over" };
}
