import type { FrontdeskApi, FrontdeskEvents } from "@frontdesk/embed";
import type { speak } from "../proactive/speak.ts";
import type { Told } from "./look.ts";
import { type Asked, readOptions } from "./options.ts";
import { createWidget, type Emit, type Widget } from "./widget.ts";

type Listener = (value: never) => void;

/** A mistake of the page's own is reported as such, and stops nothing of ours. */
function safely<T>(callback: (value: T) => void, value: T): void {
  try {
    callback(value);
  } catch (error) {
    reportError(error);
  }
}

/** `window.Frontdesk`: stays the same object however often a chat is put into the page and taken away. */
export function createApi(
  { src, look }: Told,
  speaking?: typeof speak,
): FrontdeskApi & { boot(given: Asked): void } {
  const listeners = new Set<readonly [event: string, listener: Listener]>();
  let widget: Widget | null = null;

  const emit: Emit = (event, value) => {
    for (const [of, listener] of [...listeners]) {
      if (of === event) safely(listener as (value: FrontdeskEvents[typeof event]) => void, value);
    }
  };

  const api: ReturnType<typeof createApi> = {
    boot(given: Asked) {
      widget?.destroy();
      widget = null;
      const options = readOptions(given, src, look);
      if (!options) throw new Error("Frontdesk: no channel or target");
      widget = createWidget(options, emit, speaking);
    },
    open: () => widget?.open(),
    close: () => widget?.close(),
    toggle: () => widget?.toggle(),
    identify: (identity) => widget?.identify(identity),
    set: (attributes) => widget?.set(attributes),
    async logout() {
      await widget?.logout();
    },
    on(event, listener) {
      const added = [event, listener as Listener] as const;
      listeners.add(added);
      return () => listeners.delete(added);
    },
    destroy() {
      widget?.destroy();
      widget = null;
      listeners.clear();
    },
    push: (callback) => safely(callback, api),
    get isOpen() {
      return !!widget?.isOpen;
    },
    get unread() {
      return widget?.unread ?? 0;
    },
  };
  return api;
}
