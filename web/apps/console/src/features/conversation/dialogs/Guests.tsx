import type { AgentCard } from "@frontdesk/realtime";
import { Button } from "@mantine/core";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversationAction } from "../../../shared/api/conversations.ts";
import { Face } from "../../../shared/ui/Face.tsx";
import { useFailure } from "../../../shared/ui/failure.ts";
import styles from "./dialogs.module.css";

interface Props {
  readonly conversation: string;
  readonly guests: readonly AgentCard[];
}

/** Who is in the conversation already, and the way out for each. Leaders who came by themselves stay; the server says so. */
export function Guests({ conversation, guests }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const action = useConversationAction(conversation);
  if (guests.length === 0) return null;
  return (
    <ul className={styles.guests} aria-label={t("inviting.guests")}>
      {guests.map(({ id, name, avatar_url }) => (
        <li key={id}>
          <Face id={id} name={name} src={avatar_url} size={28} />
          <span>{name}</span>
          <Button
            size="compact-sm"
            variant="default"
            loading={action.isPending}
            aria-label={t("inviting.dismissOne", { name })}
            onClick={() =>
              action.mutate({ do: "dismiss", agent_id: id }, { onError: failure.show })
            }
          >
            {t("inviting.dismiss")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
