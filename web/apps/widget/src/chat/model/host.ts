import { accept, type Page, post } from "../../bridge/bridge.ts";

/** The customer's page around the chat, or this page itself when the chat is opened on its own. */
export interface Host {
  readonly embedded: boolean;
  readonly open: boolean;
  page(): Page;
  unread(count: number): void;
  look(color: string): void;
  close(): void;
  /** Calls whenever the chat is shown or put away. */
  onOpen(listener: (open: boolean) => void): () => void;
  /** Resolves when the page has told where the visitor is; at once when on its own. */
  readonly ready: Promise<void>;
}

function isPage(value: unknown): value is Page {
  const page = value as Page | null;
  return typeof page?.url === "string" && typeof page.title === "string";
}

export function createHost(parent: string | null, own: Window = window): Host {
  const outer = own.parent !== own && parent ? own.parent : null;
  const listeners = new Set<(open: boolean) => void>();
  let open = outer === null;
  let page: Page = { url: own.location.href, title: "", referrer: own.document.referrer };
  let arrived: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const late = new Promise<void>((resolve) => setTimeout(resolve, 400));

  if (outer && parent) {
    own.addEventListener("message", (event) => {
      const message = accept(event, outer, parent);
      if (!message) return;
      if (message.type === "page" && isPage(message.page)) {
        const { url, title } = message.page;
        page = { url, title, referrer: String(message.page.referrer ?? "") };
        arrived();
      } else if (message.type === "open" || message.type === "close") {
        open = message.type === "open";
        for (const listener of listeners) listener(open);
      }
    });
    post(outer, parent, { type: "ready" });
  }

  return {
    embedded: outer !== null,
    get open() {
      return open;
    },
    page: () => page,
    unread(count) {
      if (outer && parent) post(outer, parent, { type: "unread", count });
    },
    look(color) {
      if (outer && parent) post(outer, parent, { type: "look", color });
    },
    close() {
      if (outer && parent) post(outer, parent, { type: "close" });
    },
    onOpen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ready: outer ? Promise.race([told, late]) : Promise.resolve(),
  };
}
