/**
 * What is looked at in any page of this browser, told by locks: they need no messages, and end with the page that holds
 * them. Where the browser has none (a page without TLS), each page knows of itself alone.
 */

/** Holds a lock, once it is free, until what is returned is called. */
export function hold(name: string, mode: LockMode, held?: () => void): () => void {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const work = () => {
    held?.();
    return until;
  };
  if ("locks" in navigator) void navigator.locks.request(name, { mode }, work);
  else void work();
  return letGo;
}

async function isHeld(name: string): Promise<boolean> {
  if (!("locks" in navigator)) return false;
  const { held } = await navigator.locks.query();
  return held?.some((lock) => lock.name === name) ?? false;
}

const anyPage = "frontdesk.sight";
const lockOf = (conversation: string) => `${anyPage}.${conversation}`;
let shown: string | undefined;
let letGo: (() => void)[] = [];

const isLookedAt = () => !document.hidden && document.hasFocus();

function holdWhatIsSeen(): void {
  const before = letGo;
  letGo = [];
  if (!document.hidden) letGo.push(hold(anyPage, "shared"));
  if (shown && isLookedAt()) letGo.push(hold(lockOf(shown), "shared"));
  for (const release of before) release();
}

/** The conversation that this page shows. */
export function show(conversation: string | undefined): void {
  shown = conversation;
  holdWhatIsSeen();
}

/** Has the browser's other pages know what is looked at here. */
export function tellOthers(): () => void {
  document.addEventListener("visibilitychange", holdWhatIsSeen);
  const events = ["focus", "blur"] as const;
  for (const event of events) addEventListener(event, holdWhatIsSeen);
  holdWhatIsSeen();
  return () => {
    document.removeEventListener("visibilitychange", holdWhatIsSeen);
    for (const event of events) removeEventListener(event, holdWhatIsSeen);
    for (const release of letGo) release();
    letGo = [];
  };
}

/** Whether somebody looks at this conversation, here or in another page. */
export async function isSeen(conversation: string): Promise<boolean> {
  return (shown === conversation && isLookedAt()) || (await isHeld(lockOf(conversation)));
}

/** Whether any page of the desk is in sight. */
export async function isAnyInSight(): Promise<boolean> {
  return !document.hidden || (await isHeld(anyPage));
}
