/** How the chat stands in the page. A script tag says the same with data attributes: `data-channel`, `data-position` … */
export interface FrontdeskOptions {
  /** The channel's code, as the console shows it. */
  channel: string;
  /** By default the page's own language, then the browser's. */
  language?: "zh-CN" | "en" | "ar";
  /** The corner of the button. */
  position?: "left" | "right";
  /** How far from the lower edge the button floats, in pixels; for pages with a bar of their own down there. */
  bottom?: number;
  /** Of the button and the chat, like #b3402a; by default the channel's. */
  color?: string;
  /** By default the channel's; `auto`: as the visitor's system has it. */
  theme?: "auto" | "light" | "dark";
  /** The address of a picture for the button, in place of ours. */
  icon?: string;
  /** Words beside the icon. */
  text?: string;
  /** A sentence in a bubble above the button, until it was put away or the chat was opened. */
  greeting?: string;
  /** false: no button; the page opens the chat itself. */
  button?: boolean;
  /** An element, or a selector of one: the chat fills it, always open, without a button. */
  target?: Element | string;
  /** Who the visitor is, as a token that the page's own back end has signed. */
  identity?: string;
}

/** Somebody at the desk has written. What was written stays in the chat: the page around it does not learn it. */
export interface FrontdeskMessage {
  id: string;
  from: "agent" | "bot";
  /** Milliseconds since 1970, by the server's clock. */
  at: number;
}

/** Why a token was not believed; the visitor goes on as nobody in particular. */
export interface FrontdeskRefusal {
  code: string;
  message: string;
}

/** Names and values, for agents to read; null takes one away. */
export type FrontdeskAttributes = Readonly<Record<string, string | number | boolean | null>>;

export interface FrontdeskEvents {
  /** The chat has loaded inside its frame. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** How many messages the visitor has not seen. */
  unread: number;
  message: FrontdeskMessage;
  /** The token given with `identity` or `identify` was refused. */
  refused: FrontdeskRefusal;
}

/** What the page sees as `window.Frontdesk`. One chat at a time. */
export interface FrontdeskApi {
  /** Puts the chat into the page. A chat that is there already is taken away first. */
  boot(options: FrontdeskOptions): void;
  open(): void;
  close(): void;
  /** Opens or closes. */
  toggle(): void;
  /** Says who the visitor is. Another person than before gets a chat of their own, and sees nothing of the former's. */
  identify(identity: string): void;
  /** Tells agents what the page knows of the visitor, beside what it has told before. Unsigned, so nothing is decided by it. */
  set(attributes: FrontdeskAttributes): void;
  /** Forgets the visitor on this device, in every tab. Resolves when nothing is left; to be called when they sign out. */
  logout(): Promise<void>;
  /** Listens; returns a function that stops listening. */
  on<K extends keyof FrontdeskEvents>(
    event: K,
    listener: (value: FrontdeskEvents[K]) => void,
  ): () => void;
  /** Takes the chat out of the page, with every listener. `boot` puts it back. */
  destroy(): void;
  /** Calls at once. Before the script has loaded, `window.Frontdesk` is an array: what was pushed is called then. */
  push(callback: (frontdesk: FrontdeskApi) => void): void;
  readonly isOpen: boolean;
  readonly unread: number;
}
