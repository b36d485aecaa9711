import type { Snapshot } from "@frontdesk/realtime";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { PassingDialog, type TargetList } from "../../../shared/passing/PassingDialog.tsx";
import type { Target } from "../../../shared/passing/Targets.tsx";
import { useTargets } from "../../../shared/passing/useTargets.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import { notice } from "../../../shared/ui/notices.ts";
import { useDepartments } from "./useDepartments.ts";

interface Props {
  readonly snapshot: Snapshot;
  readonly close: () => void;
}

export default function TransferDialog({ snapshot, close }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const { agents, teams } = useTargets(snapshot);
  const departments = useDepartments(snapshot);
  const lists: readonly TargetList[] = [
    { name: "agents", label: t("transfer.agents"), list: agents, none: t("transfer.noAgents") },
    { name: "teams", label: t("transfer.teams"), list: teams, none: t("transfer.noTeams") },
    {
      name: "departments",
      label: t("transfer.departments"),
      list: departments,
      none: t("common.noMatch"),
    },
  ];

  const go = (target: Target, words: { readonly note?: string }) =>
    action.mutate(
      { do: "transfer", [`${target.kind}_id`]: target.id, ...words },
      {
        onError: failure.show,
        onSuccess: ({ conversation }) => {
          // Who is only asked has it later, or not at all; the bar above the composer says how it stands.
          if (conversation.agent?.id !== snapshot.agent?.id || target.kind !== "agent") {
            notice({ message: t("transfer.done", { name: target.name }) });
          }
          close();
        },
      },
    );

  return (
    <PassingDialog
      title={t("transfer.title", { name: snapshot.contact.name })}
      lists={lists.filter(({ name, list }) => name !== "departments" || list.length > 0)}
      note={t("transfer.note")}
      submit={() => ({ label: t("transfer.submit") })}
      busy={action.isPending}
      go={go}
      close={close}
    />
  );
}
