import { ApiError } from "@frontdesk/api";
import type { WireError } from "@frontdesk/realtime";
import { useTranslation } from "../../i18n/translation.tsx";
import { notice } from "./notices.ts";

function wireOf(error: unknown): WireError | null {
  if (error instanceof ApiError) return error.wire;
  const carried = (error as { error?: WireError; wire?: WireError } | null) ?? {};
  return carried.wire ?? carried.error ?? null;
}

/** Turns what went wrong into words: the server's own where it has some for this, ours by kind otherwise. */
export function useFailure() {
  const { t, i18n } = useTranslation();
  const words = (error: unknown): string => {
    const wire = wireOf(error);
    if (!wire) return t("error.unknown");
    const known = `error.code.${wire.code}`;
    // The codes come from the server, so they cannot be checked by type.
    if (i18n.exists(known)) return t(known as "error.unknown");
    if (wire.kind === "unavailable") return t("error.unavailable");
    if (i18n.language === "en" && wire.message) return [wire.message, wire.hint].join(" ").trim();
    const kind = `error.kind.${wire.kind}`;
    return i18n.exists(kind) ? t(kind as "error.unknown") : wire.message || t("error.unknown");
  };
  const show = (error: unknown) => notice({ color: "red", message: words(error), autoClose: 6000 });
  return { words, show };
}
