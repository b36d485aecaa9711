import type { Team } from "@frontdesk/api";
import { Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { http } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { notice } from "../../shared/ui/notices.ts";

interface Props {
  readonly team: Team;
  readonly count: number;
  readonly close: () => void;
}

/** One line to everybody who waits for a team. */
export default function AnnounceDialog({ team, count, close }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const [text, setText] = useState("");
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      http<{ told: number }>("POST", `/v1/teams/${team.id}/announcements`, { body: { text } }),
    onError: failure.show,
    onSuccess: ({ told }) => {
      notice({ message: t("board.told", { count: told }), autoClose: 3000 });
      close();
    },
  });
  return (
    <FormDialog
      title={t("board.announceTo", { team: team.name })}
      close={close}
      busy={isPending}
      ready={text.trim() !== ""}
      send={t("board.send")}
      submit={() => mutate()}
    >
      <Textarea
        data-autofocus
        label={t("board.text")}
        description={t("board.textHint", { count })}
        maxLength={500}
        autosize
        minRows={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
