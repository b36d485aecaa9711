import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useShared } from "./context.ts";

/** The help, loaded when somebody wants it. */
export function HelpLoader() {
  const { chat } = useShared();
  const [Help, setHelp] = useState<FunctionComponent | null>(null);
  useEffect(() => {
    import("./Help.tsx").then(
      (loaded) => setHelp(() => loaded.Help),
      () => {
        chat.over.showForm(null);
        chat.over.tell("action.failed");
      },
    );
  }, [chat]);
  return Help && <Help />;
}
