import type { Ticket } from "@frontdesk/api";
import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { fromField, toField } from "../../shared/tickets/moments.ts";
import { useChoices } from "../../shared/tickets/useChoices.ts";
import styles from "./tickets.module.css";
import type { useTicketChange } from "./useTicketChange.ts";

interface Props {
  readonly ticket: Ticket;
  readonly change: ReturnType<typeof useTicketChange>;
}

function Due({ ticket, change }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const shown = toField(ticket.due_at);
  const keep = () => {
    if (draft !== null && draft !== shown) void change({ due_at: fromField(draft) });
    setDraft(null);
  };
  return (
    <TextInput
      type="datetime-local"
      className={styles.due ?? ""}
      label={t("tickets.due")}
      max="9999-12-31T23:59"
      value={draft ?? shown}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={keep}
    />
  );
}

/** Whose turn it is, how much it presses, who has it and until when; a choice counts at once. */
export function Facts({ ticket, change }: Props) {
  const { t } = useTranslation();
  const choices = useChoices();
  return (
    <div className={styles.choices}>
      <Select
        label={t("tickets.state")}
        allowDeselect={false}
        data={choices.states}
        value={ticket.state}
        onChange={(state) => void change({ state: state as Ticket["state"] })}
      />
      <Select
        label={t("tickets.priority")}
        allowDeselect={false}
        data={choices.priorities}
        value={ticket.priority}
        onChange={(priority) => void change({ priority: priority as Ticket["priority"] })}
      />
      <Select
        label={t("tickets.assignee")}
        placeholder={t("tickets.nobody")}
        clearable
        searchable
        data={choices.agents}
        value={ticket.assignee_id}
        onChange={(assignee_id) => void change({ assignee_id })}
      />
      <Select
        label={t("tickets.team")}
        placeholder={t("tickets.noTeam")}
        clearable
        searchable
        data={choices.teams}
        value={ticket.team_id}
        onChange={(team_id) => void change({ team_id })}
      />
      <Due ticket={ticket} change={change} />
    </div>
  );
}
