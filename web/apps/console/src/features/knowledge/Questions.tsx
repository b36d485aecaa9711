import type { Question } from "@frontdesk/api";
import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconHelpCircle, IconPlus, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { questionsQuery } from "../../shared/api/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { QuestionForm } from "./QuestionForm.tsx";

function Row({ question, edit }: { question: Question; edit: () => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <button
        type="button"
        className={styles.row}
        data-off={!question.enabled || undefined}
        onClick={edit}
      >
        <span className={styles.main}>
          <strong lang={question.language}>{question.question}</strong>
          <small>{question.answer || t("knowledge.toHuman")}</small>
        </span>
        {question.enabled ? null : <span className={styles.aside}>{t("knowledge.off")}</span>}
        <span className={styles.aside} data-extra>
          {question.category}
        </span>
        <span className={styles.aside}>{question.language === "en" ? "EN" : "中文"}</span>
      </button>
    </li>
  );
}

export function Questions({ base }: { base: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const [edited, setEdited] = useState<Question | "new" | null>(null);
  const query = useInfiniteQuery(questionsQuery(base, q, ""));
  const questions = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className={styles.tools}>
        <TextInput
          flex={1}
          type="search"
          aria-label={t("knowledge.search")}
          placeholder={t("knowledge.search")}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited("new")}>
          {t("knowledge.add")}
        </Button>
      </div>
      {query.isError && !query.data ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && questions.length === 0 ? (
        <Nothing
          icon={<IconHelpCircle size={28} />}
          title={q ? t("common.noMatch") : t("knowledge.none")}
        >
          {t("knowledge.noneHint")}
        </Nothing>
      ) : null}
      {questions.length ? (
        <ul className={styles.rows}>
          {questions.map((question) => (
            <Row key={question.id} question={question} edit={() => setEdited(question)} />
          ))}
        </ul>
      ) : null}
      {query.hasNextPage ? (
        <Button
          variant="default"
          mt="sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : null}
      {edited ? (
        <QuestionForm
          base={base}
          question={edited === "new" ? null : edited}
          close={() => setEdited(null)}
        />
      ) : null}
    </>
  );
}
