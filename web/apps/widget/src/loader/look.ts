interface Texts {
  text: string;
  greeting: string;
}

/** How the channel wants to stand in a page; the server leaves it with the script that it answers. */
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
}

declare global {
  interface HTMLScriptElement {
    look?: Look;
  }
}
