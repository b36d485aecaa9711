interface Texts {
  text: string;
  greeting: string;
}

/** What the button does by itself, and when. Empty, or 0: does not count. */
export interface Trigger {
  act: "say" | "open";
  page: string;
  referrer: string;
  seconds: number;
  scroll: number;
  returning: boolean;
  "zh-CN": string;
  en: string;
}

/** How the channel wants to stand in a page. */
export interface Look {
  channel: string;
  color: string;
  position: "left" | "right";
  bottom: number;
  icon: string;
  theme: "auto" | "light" | "dark";
  /** Empty: the page's. */
  language: string;
  "zh-CN": Texts;
  en: Texts;
  /** Not there: none. */
  triggers?: readonly Trigger[];
  /** How often one visitor meets them in a day. */
  a_day?: number;
}

/** What the loader knows from its own tag. */
export interface Told {
  readonly src: string;
  /** What the server leaves with the script that it answers. */
  readonly look?: Look;
}

declare global {
  interface HTMLScriptElement {
    look?: Look;
  }
}
