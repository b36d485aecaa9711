import type { QuickReply } from "@frontdesk/api";
import { Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { type CardDraft, draftOf, emptyCard } from "../../shared/cards/drafting.ts";
import { useCardDraft } from "../../shared/cards/useCardDraft.ts";
import { mediaOf, useAttachments } from "../../shared/uploads/uploads.ts";
import { ReplyCard } from "./ReplyCard.tsx";
import { ReplyFiles } from "./ReplyFiles.tsx";

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
  const [card, setCard] = useState<CardDraft | null>(reply?.card ? draftOf(reply.card) : null);
  const [tried, setTried] = useState(false);
  const owner = reply?.id ?? "";
  const files = useAttachments(owner, reply?.attachments.map(mediaOf));
  const picture = reply?.card?.picture;
  const shown = useCardDraft(owner, card ?? emptyCard, picture ? mediaOf(picture) : undefined);
  const path = reply ? `/v1/quick-replies/${reply.id}` : "/v1/quick-replies";
  const attachments = files.list.flatMap(({ media }) => media?.media_id ?? []);
  const body = {
    title: title.trim(),
    text: text.trim(),
    group: group.trim(),
    personal,
    attachments,
    card: card ? shown.body : null,
  };
  const submit = () => {
    setTried(true);
    if (card && !shown.body) return;
    save.mutate([{ method: reply ? "PATCH" : "POST", path, body }]);
  };
  return (
    <FormDialog
      title={t(reply ? "replies.edit" : "replies.add")}
      size={card ? "xl" : "md"}
      close={close}
      busy={save.isPending}
      ready={
        body.title !== "" &&
        (body.text !== "" || attachments.length > 0 || card !== null) &&
        attachments.length === files.list.length &&
        !shown.busy
      }
      submit={submit}
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
        description={t("replies.textHint")}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ReplyFiles attachments={files} />
      <ReplyCard card={card} change={setCard} attachments={shown.attachments} tried={tried} />
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
