import { type CommandId, commands, isMac } from "./table.ts";

const writing = "input,textarea,select,[contenteditable=true]";
const layers = "[role=dialog],[role=menu],[role=listbox]";
/** An open layer has keys of its own. Those of a choice that is closed stay in the page, unseen. */
const covers = () =>
  [...document.querySelectorAll(layers)].some((layer) => layer.checkVisibility());
/** How long the first key of two is remembered. */
const patience = 1200;

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** A key press in the table's words. Shift counts only where it does not already make another character. */
export function chordOf(event: Pressed, mac: boolean): string {
  const key = event.key.toLowerCase();
  const mod = mac ? event.metaKey : event.ctrlKey;
  const strange = mac ? event.ctrlKey : event.metaKey;
  const parts = [
    strange ? "other" : "",
    mod ? "mod" : "",
    event.altKey ? "alt" : "",
    event.shiftKey && (key.length > 1 || /[a-z]/.test(key)) ? "shift" : "",
    key,
  ];
  return parts.filter(Boolean).join("+");
}

const served = commands.filter(({ own }) => !own);
const first = new Set(
  served
    .flatMap(({ keys }) => keys.map((way) => way.split(" ")))
    .flatMap(([a, b]) => (b ? [a] : [])),
);

interface Options {
  /** Does it, if it can be done now. */
  readonly run: (id: CommandId) => boolean;
  readonly now?: () => number;
}

/** Turns key presses into commands. A press that is somebody else's, or is part of writing, is left alone. */
export function keyboard({ run, now = Date.now }: Options): (event: KeyboardEvent) => void {
  let begun: { readonly key: string; readonly at: number } | null = null;
  return (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    const target = event.target instanceof Element ? event.target : null;
    const busy = target?.closest(writing) != null;
    const chord = chordOf(event, isMac());
    const lead = begun && now() - begun.at < patience ? `${begun.key} ` : "";
    begun = null;
    const covered = covers();
    const found = served.find(
      ({ keys, typing }) =>
        keys.some((way) => way === lead + chord || (lead && way === chord && typing)) &&
        (typing || !busy || /^(mod|alt)\+/.test(chord)),
    );
    if (found && (!covered || found.typing)) {
      if (run(found.id)) event.preventDefault();
      return;
    }
    if (!busy && !covered && first.has(chord)) begun = { key: chord, at: now() };
  };
}
