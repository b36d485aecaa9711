import type { Agent, DirectCode, Team } from "@frontdesk/api";
import { Button, Code, CopyButton, Text } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../../../shared/admin/admin.module.css";
import { useSave } from "../../../shared/admin/useSave.ts";
import { directCodesQuery } from "../../../shared/api/queries.ts";
import { Failed } from "../../../shared/ui/Failed.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";

function Remove({ code }: { code: string }) {
  const { t } = useTranslation();
  const save = useSave("direct-codes");
  const [sure, setSure] = useState(false);
  const path = `/v1/direct-codes/${encodeURIComponent(code)}`;
  return (
    <Button
      size="compact-sm"
      variant={sure ? "filled" : "default"}
      loading={save.isPending}
      aria-label={sure ? undefined : t("codes.removeLabel", { code })}
      onClick={() => (sure ? save.mutate([{ method: "DELETE", path }]) : setSure(true))}
      onBlur={() => setSure(false)}
    >
      {t(sure ? "codes.sure" : "codes.remove")}
    </Button>
  );
}

function Copy({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={`?frontdesk=${code}`}>
      {({ copied, copy }) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={copied ? undefined : t("codes.copyLabel", { code })}
          onClick={copy}
        >
          {t(copied ? "codes.copied" : "codes.copy")}
        </Button>
      )}
    </CopyButton>
  );
}

interface Props {
  readonly agents: readonly Agent[];
  readonly teams: readonly Team[];
  readonly locked: boolean;
}

/** The codes that bring visitors to one agent or one team. */
export function CodeRows({ agents, teams, locked }: Props) {
  const { t } = useTranslation();
  const { data: codes, error, refetch } = useQuery(directCodesQuery);
  const whom = ({ agent_id, team_id }: DirectCode) => {
    const found = (agent_id ? agents : teams).find(({ id }) => id === (agent_id ?? team_id));
    return t(agent_id ? "codes.toAgent" : "codes.toTeam", { name: found?.name ?? t("codes.gone") });
  };
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!codes) return null;
  if (codes.length === 0) {
    return (
      <Nothing icon={<IconLink size={28} />} title={t("codes.none")}>
        {t("codes.hint")}
      </Nothing>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t("codes.hint")}
      </Text>
      <ul className={styles.rows}>
        {codes.map((each) => (
          <li key={each.code} className={styles.row} data-plain>
            <span className={styles.main}>
              <strong>
                <Code fz="sm">{each.code}</Code>
              </strong>
              <small>{whom(each)}</small>
            </span>
            <Copy code={each.code} />
            {locked ? null : <Remove code={each.code} />}
          </li>
        ))}
      </ul>
    </>
  );
}
