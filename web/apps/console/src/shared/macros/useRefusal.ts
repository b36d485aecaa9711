import type { MacroStep, TakenStep } from "@frontdesk/api";
import { useTranslation } from "react-i18next";
import * as words from "../../i18n/en/macros.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useFailure } from "../ui/failure.ts";

addEnglish(words);

const places = ["email", "phone", "name"] as const;

/** Why a step was refused: a place that nothing fills is named, and who is not there is not oneself. */
export function useRefusal() {
  const { t } = useTranslation();
  const failure = useFailure();
  return (step: MacroStep, error: NonNullable<TakenStep["error"]>): string => {
    const place = places.find((each) => error.details?.place === `contact.${each}`);
    if (place) return t("macros.placeUnknown", { place: t(`macros.place.${place}`) });
    if (step.do === "transfer" && error.code === "dispatch.offline") return t("macros.notThere");
    return failure.words({ wire: error });
  };
}
