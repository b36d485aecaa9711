import type { Due } from "@frontdesk/realtime";
import { instance } from "../../i18n/i18n.ts";
import { can } from "../session/permissions.ts";
import { hush } from "./ringing.ts";
import type { Ears } from "./start.ts";
import { tellNow } from "./telling.ts";

/** Each time at which something became urgent, so that a frame that says it again is no news. */
const turns = (due: readonly Due[]) =>
  new Map(
    due
      .filter(({ standing }) => standing !== "running")
      .map((one) => [`${one.measure}.${one.since}.${one.standing}`, one] as const),
  );

/** What is urgent because nobody does it: a visitor without an answer, a promise that runs out, a queue to pick from. */
export function pressing({ connection, me, open, openWaiting }: Ears): (() => void)[] {
  const { t } = instance;
  const alarmed = new Set<string>();
  const urgent = new Map<string, ReturnType<typeof turns>>();
  const waiting = new Map<string, number>();
  const isLive = () => connection.status.phase === "online";
  /** One's own, and those of the teams that one leads. */
  const concerns = (agent: string | null) =>
    agent === me().agent.id || can(me(), "conversation.supervise");
  const nameOf = (id: string) =>
    connection.state.conversations[id]?.snapshot.contact.name ?? t("told.somebody");
  const agentOf = (agent: string | null) =>
    (agent !== me().agent.id && connection.state.agents[agent ?? ""]?.name) || "";
  const tell = (conversation: string, tag: string, title: string, body: string) =>
    void tellNow({ kind: "alarm", conversation, tag, title, body, open: () => open(conversation) });

  return [
    // What stands is told anew from here on.
    connection.on("welcome", () => {
      alarmed.clear();
      urgent.clear();
      waiting.clear();
    }),
    connection.on("alarm", ({ conversation: id, agent, since }) => {
      const tag = `alarm-${id}`;
      if (since === null) {
        alarmed.delete(id);
        hush(tag);
        return;
      }
      const known = alarmed.has(id);
      alarmed.add(id);
      if (known || !isLive() || !concerns(agent)) return;
      tell(id, tag, t("told.alarm", { name: nameOf(id) }), agentOf(agent));
    }),
    connection.on("due", ({ conversation: id, contact, agent, due }) => {
      const tag = `due-${id}`;
      const before = urgent.get(id);
      const now = turns(due);
      urgent.set(id, now);
      if (now.size === 0) {
        urgent.delete(id);
        hush(tag);
        return;
      }
      const fresh = [...now].find(([turn]) => !before?.has(turn))?.[1];
      if (!fresh || !isLive() || !concerns(agent)) return;
      const title = t(fresh.standing === "breached" ? "told.breached" : "told.warned", {
        name: contact,
      });
      const measure = t(`due.${fresh.measure}`);
      const colleague = agentOf(agent);
      tell(id, tag, title, colleague ? t("told.with", { measure, agent: colleague }) : measure);
    }),
    connection.on("waiting", ({ team, count, by_hand }) => {
      const tag = `waiting-${team}`;
      const before = waiting.get(team) ?? 0;
      waiting.set(team, count);
      if (count === 0) hush(tag);
      const { id, team_ids } = me().agent;
      const isOnDuty = connection.state.agents[id]?.status === "online";
      if (count <= before || !by_hand || !isLive() || !isOnDuty || !team_ids.includes(team)) return;
      const title = t("told.waiting", { count });
      void tellNow({ kind: "waiting", tag, title, body: "", open: openWaiting });
    }),
  ];
}
