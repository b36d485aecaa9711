import { ApiError } from "@frontdesk/api";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useFailure } from "../../../shared/ui/failure.ts";

/** Why there is no translation: a service that fails is not ours, so it has words of its own. */
export function useWhyNot() {
  const { t } = useTranslation();
  const { words } = useFailure();
  return (error: unknown) =>
    error instanceof ApiError && error.wire.code === "translation.failed"
      ? t("translation.failed")
      : words(error);
}
