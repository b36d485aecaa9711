import type { FrontdeskApi, FrontdeskOptions } from "./types.ts";

export type * from "./types.ts";

export interface MountOptions extends FrontdeskOptions {
  /** Where Frontdesk answers, like https://desk.example.com. */
  origin: string;
  /** For pages whose content security policy asks for one. */
  nonce?: string;
}

export interface Mounted {
  /** Rejects when the script cannot be loaded, and when `unmount` came first. */
  readonly ready: Promise<FrontdeskApi>;
  unmount(): void;
}

type Queue = ((frontdesk: FrontdeskApi) => void)[];

declare global {
  interface Window {
    Frontdesk?: FrontdeskApi | Queue;
  }
}

let loading: Promise<FrontdeskApi> | undefined;
/** The mount that owns the page's one chat: an earlier one that is taken away late must not end it. */
let owner: object | undefined;

/**
 * The API, its script loaded once however often this is called, with the look of `channel`. A failure is forgotten, so that
 * one may try again.
 */
export function load(origin: string, nonce?: string, channel = ""): Promise<FrontdeskApi> {
  const present = window.Frontdesk;
  if (present && !Array.isArray(present)) return Promise.resolve(present);
  loading ??= new Promise<FrontdeskApi>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`/widget.js?channel=${encodeURIComponent(channel)}`, origin).href;
    script.async = true;
    if (nonce) script.nonce = nonce;
    script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
    script.onload = () => {
      const api = window.Frontdesk;
      if (api && !Array.isArray(api)) resolve(api);
      else reject(new Error(`${script.src} is not Frontdesk's`));
    };
    document.head.append(script);
  }).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Puts the chat into the page, and takes it out again; safe to call in any order and as often as a framework likes. */
export function mount({ origin, nonce, ...options }: MountOptions): Mounted {
  const mine = {};
  owner = mine;
  const ready = load(origin, nonce, options.channel).then((api) => {
    if (owner !== mine) throw new Error("taken away before it was loaded");
    api.boot(options);
    return api;
  });
  // whoever does not look at `ready` is not told of its failure a second time
  ready.catch(() => undefined);
  return {
    ready,
    unmount() {
      if (owner !== mine) return;
      owner = undefined;
      const api = window.Frontdesk;
      if (api && !Array.isArray(api)) api.destroy();
    },
  };
}
