import type { Snapshot } from "@frontdesk/realtime";
import { useTranslation } from "../../i18n/translation.tsx";
import { useConversationAction } from "../api/conversations.ts";
import { useFailure } from "../ui/failure.ts";
import { notice } from "../ui/notices.ts";
import { PassingDialog } from "./PassingDialog.tsx";
import type { Target } from "./Targets.tsx";
import { useTargets } from "./useTargets.ts";

/** A leader chooses who gets what waits; somebody without a free seat gets it only when that is said. */
export default function GiveDialog({ snapshot, close }: { snapshot: Snapshot; close: () => void }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const { agents } = useTargets(snapshot);
  const list = agents.map((each) => ({ ...each, disabled: false }));
  const full = (target: Target | null) =>
    agents.some(({ id, disabled }) => id === target?.id && disabled);

  const go = (target: Target) =>
    action.mutate(
      { do: "assign", agent_id: target.id, force: full(target) },
      {
        onError: failure.show,
        onSuccess: () => {
          notice({
            message: t("give.done", { name: target.name }),
            closeButtonProps: { "aria-label": t("common.close") },
          });
          close();
        },
      },
    );

  return (
    <PassingDialog
      title={t("give.title", { name: snapshot.contact.name })}
      lists={[{ name: "agents", label: t("transfer.agents"), list, none: t("transfer.noAgents") }]}
      submit={(target) =>
        full(target) ? { label: t("give.force"), color: "orange" } : { label: t("give.submit") }
      }
      busy={action.isPending}
      go={go}
      close={close}
    />
  );
}
