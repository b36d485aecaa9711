import type { Absence } from "./absence.ts";
import type { Api, QueueAnswer } from "./api.ts";
import type { Current } from "./current.ts";
import type { Over } from "./over.ts";

/** What the visitor asks the desk for: a person, to leave the queue, to end; and what they think of an answer. */
export function createRequests(options: {
  api: Pick<Api, "human" | "leaveQueue" | "close" | "rateAnswer" | "callBack">;
  current: Current;
  over: Pick<Over, "tell" | "showForm">;
  /** When nothing that was said waits to be sent any more. */
  sent(): Promise<void>;
  changed(): void;
}) {
  const { api, current, over, changed } = options;
  let asking = false;
  let absence: Absence | null = null;
  let joined: { conversation: string; place: QueueAnswer | null } | null = null;

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch {
      over.tell("action.failed");
    }
    changed();
  }

  return {
    get asking() {
      return asking;
    },
    /** Why nobody came when a person was asked for last. */
    get absence() {
      return absence;
    },
    /** The place from the line when it has told one, else the one from the answer. */
    get queue(): QueueAnswer | null {
      const answered = joined?.conversation === current.id ? joined?.place : null;
      return current.held()?.queue ?? answered ?? null;
    },
    async human(): Promise<void> {
      if (asking) return;
      asking = true;
      changed();
      await attempt(async () => {
        const conversation = await current.ensure();
        const answer = await api.human(conversation);
        joined = { conversation, place: answer.queue };
        absence = answer.absence;
        if (absence?.why === "full" && absence.instead === "bot") over.tell("absence.full_bot");
        else if (absence) over.showForm("absent");
      });
      asking = false;
      changed();
    },
    /** Whether the place is kept while the visitor goes. */
    async callBack(phone: string, email: string): Promise<boolean> {
      let kept = false;
      await attempt(async () => {
        const conversation = await current.ensure();
        const answer = await api.callBack(conversation, { phone, email });
        joined = { conversation, place: answer.queue };
        kept = true;
      });
      return kept;
    },
    leaveQueue: () =>
      attempt(async () => {
        if (current.id) await api.leaveQueue(current.id);
        joined = null;
      }),
    rateAnswer: (seq: number, helpful: boolean) =>
      attempt(async () => {
        if (current.id) await api.rateAnswer(current.id, seq, helpful);
      }),
    /** What was said before comes before it: a message behind it would open the conversation again. */
    end: () =>
      attempt(async () => {
        await options.sent();
        if (current.id) await api.close(current.id);
      }),
  };
}
