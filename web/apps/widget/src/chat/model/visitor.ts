import type { Language } from "../i18n/i18n.ts";
import type { Api } from "./api.ts";
import { createAttributes } from "./attributes.ts";
import { createDeparture } from "./departure.ts";
import type { Host } from "./host.ts";
import type { SessionAnswer } from "./look.ts";
import type { Personal } from "./personal.ts";
import { createSession, type Session } from "./session.ts";

/** The visitor of this page: who they are, until the page says that it is somebody else, or nobody any more. */
export function createVisitor(options: {
  channel: string;
  language: Language;
  host: Host;
  storage: Personal;
  api: Pick<Api, "session" | "endSession" | "describe">;
  /** The server has said who this is, and how the channel stands now. */
  came(answer: SessionAnswer): void;
  /** Nothing is to be sent any more. */
  stop(): void;
}): Session {
  const { channel, language, host, storage, api, came } = options;
  const attributes = createAttributes({ api, host });
  const session = createSession({
    channel,
    language,
    storage,
    page: host.page,
    identity: () => host.identity,
    refused({ error }) {
      host.tell({ type: "refused", code: error.code, message: error.message });
      location.reload();
    },
    ask: async (body) => {
      const answer = await api.session(body);
      came(answer);
      attributes.come();
      return answer;
    },
  });
  const stop = () => {
    session.end();
    options.stop();
  };
  const end = async () => {
    if (session.answer) await api.endSession(session.answer.token);
  };
  host.onWish(createDeparture({ channel, host, storage, stop, end }));
  return session;
}
