import type { Snapshot } from "@frontdesk/realtime";
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconAlarm,
  IconAlarmOff,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconDoorExit,
  IconHandGrab,
  IconStar,
  IconUserPlus,
  IconUserShare,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { type ConversationAction, useConversationAction } from "../../shared/api/conversations.ts";
import { run, useCommands } from "../../shared/commands/commands.ts";
import { useMarks } from "../../shared/desk/desk.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { useMedium } from "../../shared/ui/useWide.ts";
import { More } from "./More.tsx";
import { type Possible, possible } from "./possible.ts";

const TransferDialog = lazy(() => import("./dialogs/TransferDialog.tsx"));
const SnoozeDialog = lazy(() => import("./dialogs/SnoozeDialog.tsx"));
const InviteDialog = lazy(() => import("./dialogs/InviteDialog.tsx"));
const GiveDialog = lazy(() => import("../../shared/passing/GiveDialog.tsx"));
const MacroDialog = lazy(() => import("./macros/MacroDialog.tsx"));
const TicketDialog = lazy(() => import("./dialogs/TicketDialog.tsx"));
const CloseDialog = lazy(() => import("./dialogs/CloseDialog.tsx"));

const icons = {
  snooze: IconAlarm,
  wake: IconAlarmOff,
  transfer: IconArrowForwardUp,
  colleague: IconUserPlus,
  invite: IconStar,
  close: IconCheck,
  take: IconHandGrab,
  give: IconUserShare,
  putBack: IconArrowBackUp,
  takeOver: IconHandGrab,
  leave: IconDoorExit,
} as const;

/** What has no button of its own however wide it is: the header says first whom one talks with. */
const rare = ["macros", "wrapUp", "ticket"] as const satisfies readonly Possible[];
type Shown = Exclude<Possible, (typeof rare)[number]>;
const hasButton = (each: Possible): each is Shown => !rare.some((one) => one === each);

export function Actions({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation();
  const me = useMe();
  const wide = useMedium();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const [dialog, setDialog] = useState<
    "macros" | "snooze" | "transfer" | "colleague" | "give" | "close" | "wrapUp" | "ticket" | null
  >(null);
  const open = possible(me, snapshot);
  const marks = useMarks(snapshot.id);

  const act = (what: ConversationAction) => action.mutate(what, { onError: failure.show });
  const start: Record<Possible, () => void> = {
    take: () => act({ do: "take" }),
    invite: () => act({ do: "invite-rating" }),
    takeOver: () => act({ do: "take-over" }),
    putBack: () => act({ do: "put-back" }),
    leave: () => act({ do: "leave" }),
    wake: () => act({ do: "wake" }),
    snooze: () => setDialog("snooze"),
    macros: () => setDialog("macros"),
    give: () => setDialog("give"),
    transfer: () => setDialog("transfer"),
    colleague: () => setDialog("colleague"),
    ticket: () => setDialog("ticket"),
    wrapUp: () => setDialog("wrapUp"),
    close: () => setDialog("close"),
  };
  useCommands(Object.fromEntries(open.map((each) => [each, start[each]])));
  const main = open.find((each) => each === "take" || each === "close");
  const others = open.filter((each) => each !== main);
  const shown = wide ? others.filter(hasButton) : [];
  const hidden = wide ? others.filter((each) => !hasButton(each)) : others;
  const invited = (each: Possible) => each === "invite" && snapshot.rating_invited;
  const label = (each: Possible) =>
    t(invited(each) ? "conversation.invited" : `conversation.${each}`);

  return (
    <>
      {shown.map((each) => {
        const Icon = icons[each];
        return (
          <ActionIcon
            key={each}
            data-hint={label(each)}
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={label(each)}
            disabled={invited(each)}
            onClick={start[each]}
          >
            <Icon size={19} />
          </ActionIcon>
        );
      })}
      {wide && hidden.length === 0 ? null : (
        <More>
          {hidden.map((each) => (
            <Menu.Item key={each} disabled={invited(each)} onClick={start[each]}>
              {label(each)}
            </Menu.Item>
          ))}
          {wide ? null : <NarrowItems marks={marks} review={can(me, "quality.score")} />}
        </More>
      )}
      {main ? (
        <Button
          size="compact-md"
          variant={main === "take" ? "filled" : "default"}
          loading={action.isPending && action.variables.do === "take"}
          onClick={start[main]}
        >
          {label(main)}
        </Button>
      ) : null}
      <Suspense fallback={null}>
        {dialog === "macros" ? (
          <MacroDialog conversation={snapshot.id} close={() => setDialog(null)} />
        ) : null}
        {dialog === "snooze" ? (
          <SnoozeDialog snapshot={snapshot} close={() => setDialog(null)} />
        ) : null}
        {dialog === "transfer" ? (
          <TransferDialog snapshot={snapshot} close={() => setDialog(null)} />
        ) : null}
        {dialog === "colleague" ? (
          <InviteDialog snapshot={snapshot} close={() => setDialog(null)} />
        ) : null}
        {dialog === "give" ? (
          <GiveDialog snapshot={snapshot} close={() => setDialog(null)} />
        ) : null}
        {dialog === "ticket" ? (
          <TicketDialog snapshot={snapshot} close={() => setDialog(null)} />
        ) : null}
        {dialog === "close" || dialog === "wrapUp" ? (
          <CloseDialog
            snapshot={snapshot}
            closing={dialog === "close"}
            close={() => setDialog(null)}
          />
        ) : null}
      </Suspense>
    </>
  );
}

/** What stands beside the actions where there is room. */
function NarrowItems({
  marks,
  review,
}: {
  readonly marks: ReturnType<typeof useMarks>;
  readonly review: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Menu.Item onClick={() => run("find")}>{t("conversation.find.title")}</Menu.Item>
      {review ? (
        <Menu.Item onClick={() => run("review")}>{t("conversation.review")}</Menu.Item>
      ) : null}
      <Menu.Item onClick={marks.pin}>
        {t(marks.pinned ? "conversation.unpin" : "conversation.pin")}
      </Menu.Item>
      <Menu.Item onClick={marks.star}>
        {t(marks.important ? "conversation.unstar" : "conversation.star")}
      </Menu.Item>
    </>
  );
}
