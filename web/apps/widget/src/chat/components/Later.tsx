import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useShared } from "./context.ts";

const pages = {
  help: async () => (await import("./Help.tsx")).Help,
  mail: async () => (await import("./MailTranscript.tsx")).MailTranscript,
};

/** A page over the chat that is loaded when somebody wants it. */
export function Later({ page }: { page: keyof typeof pages }) {
  const { chat } = useShared();
  const [Page, setPage] = useState<FunctionComponent | null>(null);
  useEffect(() => {
    pages[page]().then(
      (loaded) => setPage(() => loaded),
      () => {
        chat.over.showForm(null);
        chat.over.tell("action.failed");
      },
    );
  }, [chat, page]);
  return Page && <Page />;
}
