/**
 * Everything that has a key, in the order of the sheet. `keys` are alternatives: "j", "alt+n", "mod+k" (Ctrl, or ⌘ on a
 * Mac), or one after the other, "g i". `typing`: works in a text field as well. `own`: a field or a list sees to it
 * itself; it is here so that the sheet is complete and no key is given twice.
 */
interface Definition {
  readonly keys: readonly string[];
  readonly typing?: true;
  readonly own?: true;
}

const groups = {
  lists: {
    next: { keys: ["j", "alt+arrowdown"] },
    previous: { keys: ["k", "alt+arrowup"] },
    urgent: { keys: ["u"] },
    back: { keys: ["escape"], own: true },
    viewMine: { keys: ["g m"] },
    viewSnoozed: { keys: ["g z"] },
    viewWaiting: { keys: ["g w"] },
    viewTeam: { keys: ["g e"] },
    viewAll: { keys: ["g a"] },
    viewClosed: { keys: ["g c"] },
    viewMentions: { keys: ["g y"] },
    filters: { keys: ["g v"] },
    choose: { keys: ["x"] },
    chooseAll: { keys: ["shift+x"] },
  },
  conversation: {
    macros: { keys: ["m"] },
    take: { keys: ["a"] },
    snooze: { keys: ["shift+z"] },
    transfer: { keys: ["t"] },
    colleague: { keys: ["c"] },
    close: { keys: ["e"] },
    wrapUp: { keys: ["w"] },
    invite: { keys: ["v"] },
    give: { keys: ["h"] },
    takeOver: { keys: ["shift+a"] },
    putBack: { keys: ["b"] },
    leave: { keys: ["l"] },
    pin: { keys: ["p"] },
    star: { keys: ["i"] },
    find: { keys: ["f"] },
    review: { keys: ["q"] },
    details: { keys: ["d"] },
    lookUp: { keys: ["o"] },
    merge: { keys: ["shift+m"] },
    ticket: { keys: ["shift+t"] },
  },
  writing: {
    focus: { keys: ["r"] },
    writeNote: { keys: ["n"] },
    card: { keys: ["shift+c"] },
    send: { keys: ["enter"], own: true },
    undoSend: { keys: ["z"] },
    newline: { keys: ["shift+enter"], own: true },
    replies: { keys: ["/"], own: true },
    note: { keys: ["alt+n"], own: true },
  },
  screens: {
    inbox: { keys: ["g i"] },
    floor: { keys: ["g f"] },
    history: { keys: ["g h"] },
    contacts: { keys: ["g n"] },
    leaveMessages: { keys: ["g l"] },
    tickets: { keys: ["g d"] },
    knowledge: { keys: ["g k"] },
    staff: { keys: ["g s"] },
    replyTexts: { keys: ["g r"] },
    quality: { keys: ["g j"] },
    audit: { keys: ["g u"] },
    webhooks: { keys: ["g b"] },
    blocks: { keys: ["g x"] },
    settings: { keys: ["g ,"] },
    account: { keys: ["g p"] },
  },
  everywhere: {
    palette: { keys: ["mod+k"], typing: true },
    sheet: { keys: ["?"] },
    online: { keys: ["s o"] },
    busy: { keys: ["s b"] },
    away: { keys: ["s a"] },
    offline: { keys: ["s f"] },
    theme: { keys: ["g t"] },
    signOut: { keys: ["g q"] },
  },
} as const satisfies Record<string, Record<string, Definition>>;

type Groups = typeof groups;
export type CommandGroup = keyof Groups;
export type CommandId = { [G in CommandGroup]: keyof Groups[G] }[CommandGroup];

export interface Command extends Definition {
  readonly id: CommandId;
  readonly group: CommandGroup;
}

export const commands: readonly Command[] = Object.entries(groups).flatMap(([group, inside]) =>
  Object.entries(inside).map(([id, definition]) => ({
    ...(definition as Definition),
    id: id as CommandId,
    group: group as CommandGroup,
  })),
);

const names: Readonly<Record<string, string>> = {
  arrowdown: "↓",
  arrowup: "↑",
  escape: "Esc",
  enter: "Enter",
  shift: "Shift",
};

/** The caps to draw for one way, in order. */
export function caps(way: string, mac: boolean): readonly string[] {
  const special = mac ? { mod: "⌘", alt: "⌥" } : { mod: "Ctrl", alt: "Alt" };
  return way.split(" ").flatMap((chord) =>
    chord.split("+").map((key) => {
      const shown = { ...names, ...special }[key];
      return shown ?? key.toUpperCase();
    }),
  );
}

export const isMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent);
