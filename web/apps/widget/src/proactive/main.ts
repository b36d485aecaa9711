import { speak } from "./speak.ts";

// The server puts this ahead of the loader where a channel has triggers; both are one script.
const script = document.currentScript as HTMLScriptElement;
script.speak = speak;
