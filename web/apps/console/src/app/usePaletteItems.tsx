import type { ContactConversations } from "@frontdesk/api";
import { useDebouncedValue } from "@mantine/hooks";
import {
  IconBolt,
  IconChevronRight,
  IconHistory,
  IconMessage,
  IconSearch,
  IconUser,
} from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { run, useOffered } from "../shared/commands/commands.ts";
import { commands } from "../shared/commands/table.ts";
import { rank } from "../shared/fuzzy/fuzzy.ts";
import { useLive } from "../shared/live/connection.ts";
import { chosenMacro, macrosQuery } from "../shared/macros/macros.ts";
import { can } from "../shared/session/permissions.ts";
import { statuses } from "../shared/session/presence.ts";
import { http, useMe } from "../shared/session/session.ts";
import { StatusDot } from "../shared/ui/StatusDot.tsx";
import { commandName } from "./commandNames.ts";
import { screens } from "./screens.ts";

export interface Item {
  readonly id: string;
  readonly group:
    | "conversations"
    | "screens"
    | "actions"
    | "contacts"
    | "agents"
    | "macros"
    | "search";
  readonly name: string;
  readonly icon: ReactNode;
  readonly keys?: readonly string[];
  readonly run: () => void;
}

function iconOf(id: string): ReactNode {
  const Screen = screens.find(({ command }) => command === id)?.icon;
  if (Screen) return <Screen size={17} />;
  const status = statuses.find((each) => each === id);
  return status ? <StatusDot status={status} /> : <IconChevronRight size={17} />;
}

interface Found {
  readonly items: readonly { readonly contact: { readonly id: string; readonly name: string } }[];
}

/** Contacts by name, address or number; choosing one opens their latest conversation. */
function useContacts(query: string): Item[] {
  const me = useMe();
  const navigate = useNavigate();
  const [q] = useDebouncedValue(query.trim(), 200);
  const { data } = useQuery({
    queryKey: ["contacts", "palette", q],
    queryFn: ({ signal }) => http<Found>("GET", "/v1/contacts", { signal, query: { q, limit: 5 } }),
    enabled: q.length >= 2 && can(me, "contact.read"),
    placeholderData: keepPreviousData,
  });
  if (query.trim().length < 2) return [];
  return (data?.items ?? []).map(({ contact: { id, name } }) => ({
    id: `contact-${id}`,
    group: "contacts",
    name,
    icon: <IconUser size={17} />,
    run: async () => {
      const path = `/v1/contacts/${id}/conversations`;
      const { items } = await http<ContactConversations>("GET", path, { query: { limit: 1 } });
      const [latest] = items;
      if (latest)
        void navigate({ to: "/inbox/$conversation", params: { conversation: latest.id } });
    },
  }));
}

/** Macros, while there is a conversation to run them on; choosing one shows what it does. */
function useMacros(): readonly Item[] {
  const enabled = useOffered().has("macros");
  const { data } = useQuery({ ...macrosQuery, enabled });
  if (!enabled || !data) return [];
  return data.map(({ id, name }) => ({
    id: `m-${id}`,
    group: "macros",
    name,
    icon: <IconBolt size={17} />,
    run: () => {
      chosenMacro.set(id);
      run("macros");
    },
  }));
}

/** What fits the words: open conversations and what can be done first, then people, then a search for the words. */
export function usePaletteItems(query: string): Item[] {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const offered = useOffered();
  const conversations = useLive((state) => state.conversations);
  const agents = useLive((state) => state.agents);
  const contacts = useContacts(query);
  const macros = useMacros();
  const searching = can(me, "search.use");

  const known = useMemo((): Item[] => {
    const open = Object.values(conversations).filter(
      ({ live, snapshot }) => live && snapshot.state !== "closed",
    );
    const colleagues = Object.values(agents).filter(
      ({ id, kind }) => kind === "human" && id !== me.agent.id,
    );
    return [
      ...open.map(({ snapshot: { id, contact } }): Item => {
        const go = () =>
          void navigate({ to: "/inbox/$conversation", params: { conversation: id } });
        const icon = <IconMessage key="icon" size={17} />;
        return { id: `c-${id}`, group: "conversations", name: contact.name, icon, run: go };
      }),
      ...commands
        .filter(({ id }) => id !== "palette" && offered.has(id))
        .map(({ id, keys }): Item => {
          const group = screens.some(({ command }) => command === id) ? "screens" : "actions";
          return {
            id,
            group,
            name: commandName(t, id),
            icon: iconOf(id),
            keys,
            run: () => void run(id),
          };
        }),
      ...(searching ? colleagues : []).map(({ id, name }): Item => {
        const go = () => void navigate({ to: "/history", search: { agent: id } });
        return { id: `a-${id}`, group: "agents", name, icon: <IconHistory size={17} />, run: go };
      }),
    ];
  }, [conversations, agents, offered, me, navigate, searching, t]);

  const words = query.trim();
  const search: Item = {
    id: "search",
    group: "search",
    name: t("palette.searchFor", { words }),
    icon: <IconSearch size={17} />,
    run: () => void navigate({ to: "/history", search: { q: words } }),
  };
  const found = rank(query, [...known, ...macros], ({ name }) => [name]).slice(0, 40);
  return [...found, ...contacts, ...(searching && words.length >= 2 ? [search] : [])];
}
