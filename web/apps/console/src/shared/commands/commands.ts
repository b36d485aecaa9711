import { useEffect, useRef } from "react";
import { createStore, useStore } from "../store.ts";
import { keyboard } from "./keys.ts";
import type { CommandId } from "./table.ts";

type Run = () => void;
interface Offer {
  readonly run: Run;
}

/** What can be done now, by whoever is on screen; the last to come is asked first. */
const offered = createStore<ReadonlyMap<CommandId, readonly Offer[]>>(new Map());

function change(id: CommandId, next: (offers: readonly Offer[]) => readonly Offer[]): void {
  const map = new Map(offered.get());
  const offers = next(map.get(id) ?? []);
  if (offers.length) map.set(id, offers);
  else map.delete(id);
  offered.set(map);
}

export function run(id: CommandId): boolean {
  const offer = offered.get().get(id)?.at(-1);
  offer?.run();
  return offer !== undefined;
}

/** Offers commands for as long as the component is there; one that is undefined cannot be done now. */
export function useCommands(wanted: Partial<Record<CommandId, Run | undefined>>): void {
  const latest = useRef(wanted);
  latest.current = wanted;
  const names = Object.entries(wanted)
    .filter(([, each]) => each)
    .map(([id]) => id)
    .join(" ");
  useEffect(() => {
    if (!names) return;
    const offers = (names.split(" ") as CommandId[]).map((id) => {
      const offer = { run: () => latest.current[id]?.() };
      change(id, (before) => [...before, offer]);
      return () => change(id, (before) => before.filter((each) => each !== offer));
    });
    return () => {
      for (const stop of offers) stop();
    };
  }, [names]);
}

/** The commands that can be done now. */
export function useOffered(): ReadonlySet<CommandId> {
  return new Set(useStore(offered).keys());
}

/** Listens for the keys; once, for the whole console. */
export function useKeyboard(): void {
  useEffect(() => {
    const listen = keyboard({ run });
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}
