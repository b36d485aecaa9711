import type { TakenStep } from "@frontdesk/api";
import * as words from "../../i18n/en/macros.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { useFailure } from "../ui/failure.ts";

addEnglish(words);

const places = ["email", "phone", "name"] as const;

/** Why a step was refused. A place that nothing fills is named. */
export function useRefusal() {
  const { t } = useTranslation();
  const failure = useFailure();
  return (error: NonNullable<TakenStep["error"]>): string => {
    const place = places.find((each) => error.details?.place === `contact.${each}`);
    if (place) return t("macros.placeUnknown", { place: t(`macros.place.${place}`) });
    return failure.words({ wire: error });
  };
}
