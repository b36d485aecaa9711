import type { ConversationView } from "@frontdesk/api";

type Raw = Record<string, unknown>;

const text = (value: unknown) => {
  const words = typeof value === "number" ? String(value) : value;
  return typeof words === "string" && words ? words : undefined;
};
const number = (value: unknown) => (Number.isFinite(Number(value)) ? Number(value) : undefined);

export interface InboxSearch {
  readonly view?: ConversationView | undefined;
  /** A saved filter, instead of a view. */
  readonly filter?: string | undefined;
  readonly details?: boolean | undefined;
}

const views = ["snoozed", "waiting", "team", "all", "closed", "mentions"] as const;

/** What the address of the inbox may say; whatever else it says is dropped. */
export function inboxSearch(raw: Raw): InboxSearch {
  return {
    view: views.find((each) => each === raw.view),
    filter: text(raw.filter),
    details: typeof raw.details === "boolean" ? raw.details : undefined,
  };
}

export interface HistorySearch {
  readonly q?: string | undefined;
  readonly days?: number | undefined;
  readonly agent?: string | undefined;
  readonly tag?: string | undefined;
  /** The conversation shown, and the entry to show of it. */
  readonly open?: string | undefined;
  readonly at?: number | undefined;
}

export function historySearch(raw: Raw): HistorySearch {
  return {
    q: text(raw.q),
    days: raw.days === undefined ? undefined : number(raw.days),
    agent: text(raw.agent),
    tag: text(raw.tag),
    open: text(raw.open),
    at: raw.at === undefined ? undefined : number(raw.at),
  };
}

export interface ContactsSearch {
  readonly q?: string | undefined;
  readonly tag?: string | undefined;
  readonly vip?: number | undefined;
  /** The contact shown. */
  readonly open?: string | undefined;
}

export function contactSearch(raw: Raw): ContactsSearch {
  return {
    q: text(raw.q),
    tag: text(raw.tag),
    vip: raw.vip === undefined ? undefined : number(raw.vip),
    open: text(raw.open),
  };
}

export interface LeaveSearch {
  readonly state?: "handled" | undefined;
  readonly message?: string | undefined;
}

export function leaveSearch(raw: Raw): LeaveSearch {
  return {
    state: raw.state === "handled" ? "handled" : undefined,
    message: text(raw.message),
  };
}

export interface TicketsSearch {
  /** In which state; without one those that are not solved. */
  readonly which?: "open" | "waiting" | "solved" | "any" | undefined;
  /** Whose: an agent's id, or `nobody`. */
  readonly of?: string | undefined;
  readonly q?: string | undefined;
  /** The ticket shown. */
  readonly open?: string | undefined;
}

const ticketStates = ["open", "waiting", "solved", "any"] as const;

export function ticketSearch(raw: Raw): TicketsSearch {
  return {
    which: ticketStates.find((each) => each === raw.which),
    of: text(raw.of),
    q: text(raw.q),
    open: text(raw.open),
  };
}
