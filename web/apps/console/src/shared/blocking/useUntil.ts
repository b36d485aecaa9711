import type { Block } from "@frontdesk/api";
import { useTranslation } from "../../i18n/translation.tsx";
import { dateTime } from "../format/time.ts";

/** Until when somebody is kept out, in words. */
export function useUntil() {
  const { t, i18n } = useTranslation();
  return ({ ends_at }: Block) =>
    ends_at === null
      ? t("blocking.unlimited")
      : t("blocking.until", { time: dateTime(ends_at, Date.now(), i18n.language) });
}
