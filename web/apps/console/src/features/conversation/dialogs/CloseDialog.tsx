import type { Snapshot } from "@frontdesk/realtime";
import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type ConversationAction,
  useConversationAction,
} from "../../../shared/api/conversations.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { useFailure } from "../../../shared/ui/failure.ts";
import { CategoryPicker } from "./CategoryPicker.tsx";

interface Props {
  readonly snapshot: Snapshot;
  /** Whether the conversation ends with it, or only the wrap-up is written. */
  readonly closing: boolean;
  readonly close: () => void;
}

export default function CloseDialog({ snapshot, closing, close }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(snapshot.id);
  const [category, setCategory] = useState(snapshot.wrap_up?.category ?? "");
  const [remark, setRemark] = useState(snapshot.wrap_up?.remark ?? "");
  const { name } = snapshot.contact;

  const submit = () => {
    const wrapUp = { category, remark: remark.trim() };
    const something = wrapUp.category !== "" || wrapUp.remark !== "";
    const wanted: ConversationAction = closing
      ? { do: "close", ...(something ? { wrap_up: wrapUp } : {}) }
      : { do: "wrap-up", ...wrapUp };
    action.mutate(wanted, { onError: failure.show, onSuccess: close });
  };

  return (
    <Dialog
      opened
      onClose={close}
      title={t(closing ? "closing.title" : "closing.wrapTitle", { name })}
    >
      <CategoryPicker value={category} choose={setCategory} />
      <Textarea
        mt="sm"
        label={t("closing.remark")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1000}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t("common.cancel")}
        </Button>
        <Button loading={action.isPending} disabled={!closing && !category} onClick={submit}>
          {t(closing ? "closing.submit" : "closing.submitWrap")}
        </Button>
      </Group>
    </Dialog>
  );
}
