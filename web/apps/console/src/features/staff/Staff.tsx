import type { Agent, Team } from "@frontdesk/api";
import { Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../shared/admin/Page.tsx";
import { agentsQuery, teamsQuery } from "../../shared/api/queries.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { AgentForm } from "./AgentForm.tsx";
import { AgentRows } from "./AgentRows.tsx";
import { TeamForm } from "./TeamForm.tsx";
import { TeamRows } from "./TeamRows.tsx";

export function Staff() {
  const { t } = useTranslation();
  const me = useMe();
  const agents = useQuery(agentsQuery);
  const teams = useQuery(teamsQuery);
  const [tab, setTab] = useState<string | null>("agents");
  const [agent, setAgent] = useState<Agent | "new" | null>(null);
  const [team, setTeam] = useState<Team | "new" | null>(null);
  const mayAgents = can(me, "staff.manage");
  const failed = agents.error ?? teams.error;
  const onAgents = tab === "agents";
  const add = (
    <Button
      leftSection={<IconPlus size={16} />}
      disabled={onAgents && !mayAgents}
      onClick={() => (onAgents ? setAgent("new") : setTeam("new"))}
    >
      {t(onAgents ? "staff.addAgent" : "staff.addTeam")}
    </Button>
  );
  return (
    <Page title={t("shell.staff")} hint={t("staff.hint")} actions={add}>
      <Tabs value={tab} onChange={setTab} mb="md">
        <Tabs.List>
          <Tabs.Tab value="agents">{t("staff.agents")}</Tabs.Tab>
          <Tabs.Tab value="teams">{t("staff.teams")}</Tabs.Tab>
        </Tabs.List>
        {failed ? (
          <Failed
            error={failed}
            retry={() => {
              void agents.refetch();
              void teams.refetch();
            }}
          />
        ) : null}
        <Tabs.Panel value="agents" pt="md">
          <AgentRows agents={agents.data ?? []} locked={!mayAgents} edit={setAgent} />
        </Tabs.Panel>
        <Tabs.Panel value="teams" pt="md">
          <TeamRows teams={teams.data ?? []} agents={agents.data ?? []} edit={setTeam} />
        </Tabs.Panel>
      </Tabs>
      {agent ? (
        <AgentForm agent={agent === "new" ? null : agent} close={() => setAgent(null)} />
      ) : null}
      {team ? (
        <TeamForm
          team={team === "new" ? null : team}
          agents={agents.data ?? []}
          close={() => setTeam(null)}
        />
      ) : null}
    </Page>
  );
}
