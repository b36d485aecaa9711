import type { Snapshot } from "@frontdesk/realtime";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { PassingDialog } from "../../../shared/passing/PassingDialog.tsx";
import { useTargets } from "../../../shared/passing/useTargets.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import { Guests } from "./Guests.tsx";

interface Props {
  readonly snapshot: Snapshot;
  readonly close: () => void;
}

/** Who has a conversation asks a colleague to join. A guest takes no seat, so that a full one may be asked as well. */
export default function InviteDialog({ snapshot, close }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const guests = snapshot.guests ?? [];
  const list = useTargets(snapshot)
    .agents.filter(({ id }) => guests.every((guest) => guest.id !== id))
    .map((each) => ({ ...each, disabled: false }));
  return (
    <PassingDialog
      title={t("inviting.title", { name: snapshot.contact.name })}
      lists={[
        { name: "colleagues", label: t("transfer.agents"), list, none: t("transfer.noAgents") },
      ]}
      note={t("inviting.note")}
      submit={() => ({ label: t("inviting.submit") })}
      busy={action.isPending}
      go={({ id }, words) =>
        action.mutate(
          { do: "guests", agent_id: id, ...words },
          { onError: failure.show, onSuccess: close },
        )
      }
      close={close}
    >
      <Guests conversation={snapshot.id} guests={guests} />
    </PassingDialog>
  );
}
