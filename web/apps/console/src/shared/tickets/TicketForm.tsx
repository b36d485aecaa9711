import type { NewTicket, Ticket } from "@frontdesk/api";
import { Select, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { admin } from "../../i18n/en/admin.ts";
import { talk } from "../../i18n/en/talk.ts";
import * as words from "../../i18n/en/tickets.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../admin/FormDialog.tsx";
import { useFailure } from "../ui/failure.ts";
import { notice } from "../ui/notices.ts";
import { fromField } from "./moments.ts";
import { useMakeTicket } from "./queries.ts";
import { useChoices } from "./useChoices.ts";

addEnglish({ ...talk, ...words, admin });

interface Props {
  /** What it is made of; nothing for what somebody said on the telephone. */
  readonly origin: Pick<NewTicket, "conversation_id" | "leave_message_id">;
  readonly subject?: string;
  readonly description?: string;
  readonly made?: (ticket: Ticket) => void;
  readonly close: () => void;
}

export default function TicketForm({ origin, subject, description, made, close }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const make = useMakeTicket();
  const choices = useChoices();
  const [client_id] = useState(() => crypto.randomUUID());
  // What is filled in may come a moment later; what somebody has typed stays.
  const [typed, setTyped] = useState<{ subject?: string; description?: string }>({});
  const [assignee_id, setAssignee] = useState<string | null>(null);
  const [team_id, setTeam] = useState<string | null>(null);
  const [priority, setPriority] = useState<Ticket["priority"]>("normal");
  const [due, setDue] = useState("");
  const title = typed.subject ?? subject ?? "";

  const submit = () =>
    make.mutate(
      {
        client_id,
        title,
        description: typed.description ?? description ?? "",
        priority,
        assignee_id,
        team_id,
        due_at: fromField(due),
        ...origin,
      },
      {
        onError: failure.show,
        onSuccess: (ticket) => {
          notice({ message: t("tickets.made", { number: ticket.number }) });
          made?.(ticket);
          close();
        },
      },
    );

  return (
    <FormDialog
      title={t("tickets.make")}
      close={close}
      busy={make.isPending}
      submit={submit}
      ready={title.trim() !== ""}
      send={t("tickets.make")}
    >
      <TextInput
        data-autofocus
        required
        label={t("tickets.title")}
        maxLength={200}
        value={title}
        onChange={(event) => setTyped({ ...typed, subject: event.currentTarget.value })}
      />
      <Textarea
        label={t("tickets.description")}
        placeholder={t("tickets.describe")}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={10_000}
        value={typed.description ?? description ?? ""}
        onChange={(event) => setTyped({ ...typed, description: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t("tickets.assignee")}
          placeholder={t("tickets.nobody")}
          clearable
          searchable
          data={choices.agents}
          value={assignee_id}
          onChange={setAssignee}
        />
        <Select
          label={t("tickets.team")}
          placeholder={t("tickets.noTeam")}
          clearable
          searchable
          data={choices.teams}
          value={team_id}
          onChange={setTeam}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Select
          label={t("tickets.priority")}
          allowDeselect={false}
          data={choices.priorities}
          value={priority}
          onChange={(value) => setPriority((value as Ticket["priority"] | null) ?? "normal")}
        />
        <TextInput
          type="datetime-local"
          label={t("tickets.due")}
          max="9999-12-31T23:59"
          value={due}
          onChange={(event) => setDue(event.currentTarget.value)}
        />
      </SimpleGrid>
    </FormDialog>
  );
}
