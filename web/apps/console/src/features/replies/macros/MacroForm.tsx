import type { Macro } from "@frontdesk/api";
import { Button, Menu, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import { quickRepliesQuery, teamsQuery } from "../../../shared/api/queries.ts";
import { useMe } from "../../../shared/session/session.ts";
import { added, drafted, isComplete, kinds, maxSteps, moved } from "./drafts.ts";
import { StepEditor } from "./StepEditor.tsx";
import styles from "./steps.module.css";

interface Props {
  /** Null for a new one. */
  readonly macro: Macro | null;
  readonly close: () => void;
}

export function MacroForm({ macro, close }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: teams = [] } = useQuery(teamsQuery);
  const { data: replies = [] } = useQuery(quickRepliesQuery);
  const [name, setName] = useState(macro?.name ?? "");
  const [team, setTeam] = useState(macro?.team_id ?? null);
  const [drafts, setDrafts] = useState(() => drafted(macro?.steps ?? []));
  const save = useSave("macros", close);
  const path = macro ? `/v1/desk/macros/${macro.id}` : "/v1/desk/macros";
  const steps = drafts.map(({ step }) => step);
  const body = { name: name.trim(), steps, team_id: team };
  const personal = new Set(replies.filter((each) => each.personal).map(({ id }) => id));
  const mineAlone = steps.some((step) => step.do === "reply" && personal.has(step.reply_id));
  const mine = teams.filter(({ id }) => me.agent.team_ids.includes(id) || id === macro?.team_id);
  const move = (from: number, to: number) => {
    const next = moved(drafts, from, to);
    return next ? () => setDrafts(next) : undefined;
  };
  return (
    <FormDialog
      title={t(macro ? "macros.edit" : "macros.add")}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={
        body.name !== "" &&
        drafts.length > 0 &&
        drafts.every(isComplete) &&
        !(mineAlone && team !== null)
      }
      submit={() => save.mutate([{ method: macro ? "PATCH" : "POST", path, body }])}
      remove={macro ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
    >
      <TextInput
        data-autofocus
        label={t("macros.name")}
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t("macros.for")}
        description={t("macros.forHint")}
        value={team ?? ""}
        data={[
          { value: "", label: t("macros.forMe") },
          ...mine.map((each) => ({
            value: each.id,
            label: t("macros.forTeam", { team: each.name }),
          })),
        ]}
        onChange={(event) => setTeam(event.currentTarget.value || null)}
      />
      <ol className={styles.steps} aria-label={t("macros.steps")}>
        {drafts.map((draft, index) => (
          <StepEditor
            key={draft.key}
            step={draft.step}
            number={index + 1}
            shared={team !== null}
            change={(step) =>
              setDrafts(drafts.map((each) => (each === draft ? { ...draft, step } : each)))
            }
            up={move(index, index - 1)}
            down={move(index, index + 1)}
            remove={() => setDrafts(drafts.filter((each) => each !== draft))}
          />
        ))}
      </ol>
      <Menu position="top-start">
        <Menu.Target>
          <Button
            variant="light"
            leftSection={<IconPlus size={16} />}
            disabled={drafts.length >= maxSteps}
            className={styles.add ?? ""}
          >
            {t("macros.addStep")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((kind) => (
            <Menu.Item key={kind} onClick={() => setDrafts(added(drafts, kind))}>
              {t(`macros.kind.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </FormDialog>
  );
}
