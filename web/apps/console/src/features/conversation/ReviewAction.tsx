import type { Snapshot } from "@frontdesk/realtime";
import { ActionIcon } from "@mantine/core";
import { IconClipboardCheck } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useCommands } from "../../shared/commands/commands.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";

const ReviewDialog = lazy(() => import("../../shared/reviewing/ReviewDialog.tsx"));

interface Props {
  readonly snapshot: Snapshot;
  /** Whether there is room for a button; the key and the palette lead there anyway. */
  readonly shown: boolean;
}

/** Scoring how it was handled, now or long after: the one thing that is done with an old conversation, too. */
export function ReviewAction({ snapshot, shown }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const possible = can(useMe(), "quality.score") && snapshot.close_reason !== "erased";
  useCommands({ review: possible ? () => setOpen(true) : undefined });
  if (!possible) return null;
  const label = t("conversation.review");
  return (
    <>
      {shown ? (
        <ActionIcon
          data-hint={label}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={label}
          onClick={() => setOpen(true)}
        >
          <IconClipboardCheck size={19} />
        </ActionIcon>
      ) : null}
      {open ? (
        <Suspense fallback={null}>
          <ReviewDialog
            conversation={snapshot.id}
            name={snapshot.contact.name}
            agent={undefined}
            close={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
