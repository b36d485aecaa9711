import type { TryAnswer } from "@frontdesk/api";
import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { agentsQuery } from "../../shared/api/queries.ts";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { useFailure } from "../../shared/ui/failure.ts";

/** Asks a bot as a visitor would, and shows what it weighed. */
export function TryBox({ close }: { close: () => void }) {
  const { t, i18n } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const bots = agents.filter(({ kind }) => kind === "bot");
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState("");
  const failure = useFailure();
  const bot = chosen ?? bots[0]?.id;
  const ask = useMutation({
    mutationFn: () => {
      const body = { text: text.trim(), language: i18n.language };
      return http<TryAnswer>("POST", `/v1/bots/${bot}/try`, { body });
    },
    onError: failure.show,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() && bot) ask.mutate();
  };
  return (
    <Dialog opened onClose={close} title={t("knowledge.try")} size="lg">
      <p>{t("knowledge.tryHint")}</p>
      <form className={styles.tools} onSubmit={submit}>
        {bots.length > 1 ? (
          <Select
            aria-label={t("conversation.bot")}
            allowDeselect={false}
            data={bots.map(({ id, nickname, name }) => ({ value: id, label: nickname || name }))}
            value={bot ?? null}
            onChange={setChosen}
          />
        ) : null}
        <TextInput
          flex={1}
          data-autofocus
          aria-label={t("knowledge.question")}
          placeholder={t("knowledge.tryPlaceholder")}
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" loading={ask.isPending} disabled={!text.trim() || !bot}>
          {t("knowledge.ask")}
        </Button>
      </form>
      <div aria-live="polite">
        {ask.data ? (
          <div className={styles.answer}>
            {ask.data.trigger
              ? t(`handover.why.${ask.data.trigger}`)
              : ask.data.text || t(`knowledge.outcome.${ask.data.outcome}`)}
          </div>
        ) : null}
        <ul className={styles.matches}>
          {ask.data?.matches.map(({ question, score }) => (
            <li key={question}>
              <span>{question}</span>
              <span>{Math.round(score * 100)} %</span>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
