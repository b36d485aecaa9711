import type { Snapshot } from "@frontdesk/realtime";
import { Button } from "@mantine/core";
import { IconEar } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { WhisperBox } from "./WhisperBox.tsx";

/** What a leader may do while reading along. Whether it is within reach is the server's to say. */
export function Supervising({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const [whispering, setWhispering] = useState(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant={whispering ? "light" : "default"}
        color={whispering ? "violet" : undefined}
        leftSection={<IconEar size={15} aria-hidden="true" />}
        aria-pressed={whispering}
        onClick={() => setWhispering(!whispering)}
      >
        {t("whisper.start")}
      </Button>
      {whispering ? <WhisperBox snapshot={snapshot} close={() => setWhispering(false)} /> : null}
    </>
  );
}
