import type { QuickReply } from "@frontdesk/api";
import { Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";

interface Props {
  readonly reply: QuickReply | null;
  readonly mayShare: boolean;
  readonly close: () => void;
}

export function ReplyForm({ reply, mayShare, close }: Props) {
  const { t } = useTranslation();
  const save = useSave("quick-replies", close);
  const [title, setTitle] = useState(reply?.title ?? "");
  const [text, setText] = useState(reply?.text ?? "");
  const [group, setGroup] = useState(reply?.group ?? "");
  const [personal, setPersonal] = useState(reply?.personal ?? !mayShare);
  const path = reply ? `/v1/quick-replies/${reply.id}` : "/v1/quick-replies";
  const body = { title: title.trim(), text: text.trim(), group: group.trim(), personal };
  return (
    <FormDialog
      title={t(reply ? "replies.edit" : "replies.add")}
      close={close}
      busy={save.isPending}
      ready={body.title !== "" && body.text !== ""}
      submit={() => save.mutate([{ method: reply ? "PATCH" : "POST", path, body }])}
      remove={reply ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
    >
      <TextInput
        data-autofocus
        label={t("replies.name")}
        maxLength={80}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t("replies.text")}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <TextInput
        label={t("replies.group")}
        description={t("common.optional")}
        maxLength={50}
        value={group}
        onChange={(event) => setGroup(event.currentTarget.value)}
      />
      {mayShare ? (
        <Switch
          label={t("replies.everybody")}
          checked={!personal}
          onChange={(event) => setPersonal(!event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  );
}
