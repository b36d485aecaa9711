import { useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCommands, useKeyboard } from "../shared/commands/commands.ts";
import { can } from "../shared/session/permissions.ts";
import { useSetStatus } from "../shared/session/presence.ts";
import { signOut, useMe } from "../shared/session/session.ts";
import { screens } from "./screens.ts";
import type { InboxSearch } from "./searches.ts";
import { openSheet, sheet } from "./sheet.ts";

/** What can be done wherever one is: go to a screen or a view, say whether one is there, leave. */
export function useDeskCommands(): void {
  const me = useMe();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { mutate: status } = useSetStatus();
  const { setColorScheme } = useMantineColorScheme();
  useKeyboard();

  const view = (name: InboxSearch["view"]) => () =>
    void navigate({ to: "/inbox", search: { view: name } });
  const going = screens.map(({ to, command, needs }) => [
    command,
    needs === null || can(me, needs) ? () => void navigate({ to }) : undefined,
  ]);
  useCommands({
    ...Object.fromEntries(going),
    viewMine: view(undefined),
    viewSnoozed: view("snoozed"),
    viewWaiting: view("waiting"),
    viewAll: can(me, "conversation.read_all") ? view("all") : undefined,
    viewTeam: can(me, "conversation.read_team") ? view("team") : undefined,
    viewClosed: view("closed"),
    viewMentions: view("mentions"),
    account: () => void navigate({ to: "/account" }),
    palette: () => sheet.set("palette"),
    sheet: openSheet,
    online: () => status("online"),
    busy: () => status("busy"),
    away: () => status("away"),
    offline: () => status("offline"),
    theme: () => {
      const dark = document.documentElement.dataset.mantineColorScheme === "dark";
      setColorScheme(dark ? "light" : "dark");
    },
    signOut: () => void signOut().then(() => queries.clear()),
  });
}
