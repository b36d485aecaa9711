import { Button, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { http } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import styles from "./tickets.module.css";

/** Something for colleagues to know; sent twice, it is kept once. */
export function Remark({ ticket }: { ticket: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const failure = useFailure();
  const [text, setText] = useState("");
  const [client_id, setClientId] = useState(() => crypto.randomUUID());
  const send = useMutation({
    mutationFn: () =>
      http("POST", `/v1/tickets/${ticket}/remarks`, { body: { client_id, text: text.trim() } }),
    onError: failure.show,
    onSuccess: () => {
      setText("");
      setClientId(crypto.randomUUID());
      return queries.invalidateQueries({ queryKey: ["tickets", ticket] });
    },
  });
  return (
    <div className={styles.remark}>
      <Textarea
        label={t("tickets.remark")}
        description={t("tickets.remarkHint")}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        variant="default"
        size="xs"
        disabled={!text.trim()}
        loading={send.isPending}
        onClick={() => send.mutate()}
      >
        {t("tickets.remarkSend")}
      </Button>
    </div>
  );
}
