import { erasedHeader } from "./erased.ts";
import type { AgentCard, Entry, LastMessage, MessageBody, Snapshot } from "./frames.ts";

function words(body: MessageBody): string {
  if (body.type === "card") return body.title;
  return body.type === "text" ? body.text : body.name;
}

/** The first 120 characters (code points, as the server counts) of a text or a card's title; the name of anything else. */
export function preview(body: MessageBody): string {
  const text = words(body);
  return text.length <= 120 ? text : Array.from(text).slice(0, 120).join("");
}

function lastMessage(entry: Entry & { kind: "message" }): Partial<Snapshot> {
  // A page may hold a message that is recalled already; what it was is then unknown.
  const shown: Pick<LastMessage, "preview" | "type"> = entry.recalled
    ? { preview: "", type: "text" }
    : { preview: preview(entry.body), type: entry.body.type };
  return { last_message: { seq: entry.seq, sender: entry.sender, at: entry.at, ...shown } };
}

const without = ({ guests: present = [] }: Snapshot, id: string): readonly AgentCard[] =>
  present.filter((guest) => guest.id !== id);

const guests = (present: readonly AgentCard[]): Pick<Snapshot, "guests"> => ({ guests: present });

/** Whether an entry ends that the conversation is put aside, or that it has just woken. */
function rouses({ snoozed_until }: Snapshot, { kind, sender }: Entry): boolean {
  if (kind === "message") return snoozed_until !== undefined && sender.kind === "visitor";
  return ["snoozed", "woken", "queued", "assigned", "closed"].includes(kind);
}

function awake({ snoozed_until: _, woken_seq: __, ...header }: Snapshot): Snapshot {
  return header;
}

/** What an entry does to the header besides moving `head`: the protocol's table, line by line. */
function effect(header: Snapshot, entry: Entry): Partial<Snapshot> {
  switch (entry.kind) {
    case "opened":
      return { state: "bot", team_id: entry.body.team_id ?? null };
    case "message":
      return { ...lastMessage(entry), ...(rouses(header, entry) ? { woken_seq: entry.seq } : {}) };
    case "queued": {
      const { team_id } = entry.body;
      return { state: "waiting", agent: null, team_id, waiting_since: entry.at, ...guests([]) };
    }
    case "unqueued":
      return { state: "bot", waiting_since: null, agent: null };
    case "assigned": {
      const { agent, team_id } = entry.body;
      const state = agent.kind === "bot" ? "bot" : "active";
      const left = agent.kind === "bot" ? [] : without(header, agent.id);
      return {
        state,
        agent,
        waiting_since: null,
        team_id: team_id ?? header.team_id,
        ...guests(left),
      };
    }
    case "joined":
      return guests([...without(header, entry.body.agent.id), entry.body.agent]);
    case "left":
      return guests(without(header, entry.body.agent.id));
    case "recalled":
      return header.last_message?.seq === entry.body.seq
        ? { last_message: { ...header.last_message, preview: "" } }
        : {};
    case "rating_invited":
      return { rating_invited: true };
    case "rated":
      return { rating: entry.body };
    case "wrapped_up":
      return { wrap_up: entry.body };
    case "snoozed":
      return { snoozed_until: entry.body.until };
    case "woken":
      return entry.body.reason === "time" ? { woken_seq: entry.seq } : {};
    case "closed": {
      const { reason } = entry.body;
      return {
        state: "closed",
        closed_at: entry.at,
        close_reason: reason,
        waiting_since: null,
        ...guests([]),
      };
    }
    case "reopened":
      return { state: "bot", closed_at: null, close_reason: null };
    case "erased":
      return erasedHeader(header);
    default:
      // transferred, note, whisper, answer_rated, hidden, and whatever a newer server may log.
      return {};
  }
}

/** The header after one more entry. */
export function fold(header: Snapshot, entry: Entry): Snapshot {
  const kept = rouses(header, entry) ? awake(header) : header;
  return { ...kept, ...effect(header, entry), head: entry.seq };
}
