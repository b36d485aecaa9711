import type { Api } from "./api.ts";

export interface Hint {
  id: string;
  question: string;
  excerpt: string;
}

export interface Article {
  id: string;
  question: string;
  answer: string;
  related: readonly Hint[];
}

/** Articles to read before asking. */
export function createHelp(options: { api: Pick<Api, "articles">; changed(): void }) {
  let known: { shown: boolean; items: readonly Hint[] } | null = null;
  return {
    /** Whether the channel shows any; not while that is unknown. */
    get shown() {
      return known?.shown ?? false;
    },
    /** Some to begin with. */
    get first() {
      return known?.items ?? [];
    },
    /** Asks whether there are any, until it has been told. */
    async look(): Promise<void> {
      if (known) return;
      try {
        known = await options.api.articles("");
        options.changed();
      } catch {
        // without them one simply asks; the next connection looks again
      }
    },
  };
}
