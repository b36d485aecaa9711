import type { Snapshot } from "@frontdesk/realtime";
import { Button, Group, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import {
  type ConversationAction,
  useConversationAction,
} from "../../../shared/api/conversations.ts";
import { categoriesQuery, teamsQuery } from "../../../shared/api/queries.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { useFailure } from "../../../shared/ui/failure.ts";
import { SolvedPicker } from "../../../shared/wrapUp/SolvedPicker.tsx";
import { CategoryPicker } from "./CategoryPicker.tsx";
import styles from "./dialogs.module.css";

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
  const why = useId();
  const [category, setCategory] = useState(snapshot.wrap_up?.category ?? "");
  const [remark, setRemark] = useState(snapshot.wrap_up?.remark ?? "");
  const [solved, setSolved] = useState(snapshot.wrap_up?.solved ?? null);
  const { name } = snapshot.contact;
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: categories = [] } = useQuery(categoriesQuery);
  const said = category !== "" || remark.trim() !== "" || solved !== null;
  const whole = categories.length ? category !== "" : said;
  const required =
    closing &&
    teams.some(({ id, wrap_up_required }) => id === snapshot.team_id && wrap_up_required);
  const ready = closing ? whole || !required : category !== "";

  const submit = () => {
    if (!ready) return;
    const wrapUp = { category, remark: remark.trim(), solved };
    const wanted: ConversationAction = closing
      ? { do: "close", ...(said ? { wrap_up: wrapUp } : {}) }
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
      <SolvedPicker value={solved} choose={setSolved} />
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
      {ready || !required ? null : (
        <p id={why} className={styles.required}>
          {t("closing.required")}
        </p>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t("common.cancel")}
        </Button>
        <Button
          loading={action.isPending}
          disabled={!ready}
          aria-describedby={why}
          onClick={submit}
        >
          {t(closing ? "closing.submit" : "closing.submitWrap")}
        </Button>
      </Group>
    </Dialog>
  );
}
