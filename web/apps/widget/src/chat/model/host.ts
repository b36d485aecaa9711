import type { Entry } from "@frontdesk/realtime";
import { accept, type Page, post, type ToLoader } from "../../bridge/bridge.ts";

/** What the page around the chat may ask for, besides showing and hiding it. */
export interface HostWishes {
  identify(identity: string): void;
  logout(): void;
}

/** The customer's page around the chat, or this page itself when the chat is opened on its own. */
export interface Host {
  readonly embedded: boolean;
  /** There is a page around that can put the chat away: not so when it stands in the page for good. */
  readonly closable: boolean;
  readonly open: boolean;
  /** It was opened by the page itself: the focus stays where it is. */
  readonly quietly: boolean;
  /** The token by which the page says who the visitor is; null when it says nothing. */
  readonly identity: string | null;
  /** What the page says of the visitor, as it came: nothing is believed of it. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What the page kept for the chat, as `keep` gave it. */
  readonly kept: string | null;
  page(): Page;
  tell(message: ToLoader): void;
  /** `label` says it in words; empty for none. */
  unread(count: number, label: string): void;
  look(color: string): void;
  close(): void;
  /** Somebody at the desk has written: the page learns that, and not what. */
  heard(entry: Pick<Entry, "id" | "at" | "sender">): void;
  /** Calls whenever the chat is shown or put away. */
  onOpen(listener: (open: boolean) => void): () => void;
  onWish(wishes: HostWishes): void;
  /** Calls when the page says more of the visitor. */
  onSaid(listener: () => void): void;
  /** Resolves when the page has told where the visitor is, and who; at once when on its own. */
  readonly ready: Promise<void>;
}

/** How long to wait for a page that is busy with itself. One that never answers only costs this once. */
const PATIENCE = 3_000;

function isPage(value: unknown): value is Page {
  const page = value as Page | null;
  return typeof page?.url === "string" && typeof page.title === "string";
}

const text = (value: unknown) => (typeof value === "string" && value ? value : null);

export function createHost(parent: string | null, own: Window = window, inline = false): Host {
  const outer = own.parent !== own && parent ? own.parent : null;
  const listeners = new Set<(open: boolean) => void>();
  let open = outer === null;
  let quietly = false;
  let page: Page = { url: own.location.href, title: "", referrer: own.document.referrer };
  let identity: string | null = null;
  let kept: string | null = null;
  let attributes: Readonly<Record<string, unknown>> = {};
  let said: () => void = () => undefined;
  let wishes: HostWishes | null = null;
  /** Asked for before anybody could see to it. */
  let leave = false;
  let arrived: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));

  function tell(message: ToLoader): void {
    if (outer && parent) post(outer, parent, message);
  }

  if (outer && parent) {
    own.addEventListener("message", (event) => {
      const message = accept(event, outer, parent);
      if (!message) return;
      if (message.type === "page" && isPage(message.page)) {
        const { url, title } = message.page;
        page = { url, title, referrer: String(message.page.referrer ?? "") };
        identity = text(message.identity) ?? identity;
        kept = text(message.kept) ?? kept;
        arrived();
      } else if (message.type === "open" || message.type === "close") {
        open = message.type === "open";
        quietly = message.quietly === true;
        for (const listener of listeners) listener(open);
      } else if (message.type === "identify" && text(message.identity)) {
        identity = text(message.identity);
        if (identity) wishes?.identify(identity);
      } else if (message.type === "set") {
        attributes = { ...attributes, ...(message.attributes as object) };
        said();
      } else if (message.type === "logout") {
        identity = null;
        if (wishes) wishes.logout();
        else leave = true;
      }
    });
    tell({ type: "ready" });
  }

  return {
    embedded: outer !== null,
    closable: outer !== null && !inline,
    get open() {
      return open;
    },
    get quietly() {
      return quietly;
    },
    get identity() {
      return identity;
    },
    get attributes() {
      return attributes;
    },
    get kept() {
      return kept;
    },
    page: () => page,
    tell,
    unread: (count, label) => tell({ type: "unread", count, label }),
    look: (color) => tell({ type: "look", color }),
    close: () => tell({ type: "close" }),
    heard({ id, at, sender }) {
      tell({ type: "message", id, from: sender.kind === "bot" ? "bot" : "agent", at });
    },
    onOpen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onWish(given) {
      wishes = given;
      if (leave) given.logout();
      leave = false;
    },
    onSaid(listener) {
      said = listener;
    },
    ready: outer ? Promise.race([told, late]) : Promise.resolve(),
  };
}
