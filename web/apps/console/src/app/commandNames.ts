import type { TFunction } from "i18next";
import type { CommandId } from "../shared/commands/table.ts";
import { screens } from "./screens.ts";

const statuses = ["online", "busy", "away", "offline"] as const;

/** What a command is called, in the palette and on the sheet. */
export function commandName(t: TFunction, id: CommandId): string {
  const screen = screens.find(({ command }) => command === id);
  if (screen) return t(`shell.${screen.label}`);
  const status = statuses.find((each) => each === id);
  if (status) return t("palette.status", { status: t(`presence.${status}`) });
  return t(`shortcuts.${id as "next"}`);
}
