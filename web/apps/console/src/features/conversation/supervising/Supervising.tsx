import type { Snapshot } from "@frontdesk/realtime";
import { Button } from "@mantine/core";
import { IconEar, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import { WhisperBox } from "./WhisperBox.tsx";

/** What a leader may do while reading along. Whether it is within reach is the server's to say. */
export function Supervising({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const [whispering, setWhispering] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant={whispering ? "light" : "default"}
        {...(whispering ? { color: "violet" } : {})}
        leftSection={<IconEar size={15} aria-hidden="true" />}
        aria-pressed={whispering}
        onClick={() => setWhispering(!whispering)}
      >
        {t("whisper.start")}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconUserPlus size={15} aria-hidden="true" />}
        loading={action.isPending}
        onClick={() => action.mutate({ do: "join" }, { onError: failure.show })}
      >
        {t("supervising.join")}
      </Button>
      {whispering ? <WhisperBox snapshot={snapshot} close={() => setWhispering(false)} /> : null}
    </>
  );
}
