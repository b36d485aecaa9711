import type { Agent, Department, Role, Team } from "@frontdesk/api";
import { Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { Page } from "../../shared/admin/Page.tsx";
import { agentsQuery, teamsQuery } from "../../shared/api/queries.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { AgentForm } from "./AgentForm.tsx";
import { AgentRows } from "./AgentRows.tsx";
import { CodeForm } from "./codes/CodeForm.tsx";
import { CodeRows } from "./codes/CodeRows.tsx";
import { DepartmentForm } from "./departments/DepartmentForm.tsx";
import { DepartmentRows } from "./departments/DepartmentRows.tsx";
import { RoleForm } from "./roles/RoleForm.tsx";
import { RoleRows } from "./roles/RoleRows.tsx";
import { TeamForm } from "./TeamForm.tsx";
import { TeamRows } from "./TeamRows.tsx";

export function Staff() {
  const { t } = useTranslation();
  const me = useMe();
  const agents = useQuery(agentsQuery);
  const teams = useQuery(teamsQuery);
  const [tab, setTab] = useState<"agents" | "departments" | "teams" | "codes" | "roles">("agents");
  const [agent, setAgent] = useState<Agent | "new" | null>(null);
  const [department, setDepartment] = useState<Department | "new" | null>(null);
  const [team, setTeam] = useState<Team | "new" | null>(null);
  const [role, setRole] = useState<Role | "new" | null>(null);
  const [code, setCode] = useState(false);
  const adding = {
    agents: { may: can(me, "staff.manage"), label: "staff.addAgent", open: () => setAgent("new") },
    departments: {
      may: can(me, "staff.manage"),
      label: "departments.add",
      open: () => setDepartment("new"),
    },
    teams: {
      may: can(me, "team.manage") && can(me, "conversation.read_all"),
      label: "staff.addTeam",
      open: () => setTeam("new"),
    },
    codes: { may: can(me, "team.manage"), label: "codes.add", open: () => setCode(true) },
    roles: { may: can(me, "role.manage"), label: "roles.add", open: () => setRole("new") },
  } as const;
  const failed = agents.error ?? teams.error;
  const add = (
    <Button
      leftSection={<IconPlus size={16} />}
      disabled={!adding[tab].may}
      onClick={adding[tab].open}
    >
      {t(adding[tab].label)}
    </Button>
  );
  return (
    <Page title={t("shell.staff")} hint={t("staff.hint")} actions={add}>
      <Tabs value={tab} onChange={(value) => setTab((value ?? "agents") as typeof tab)} mb="md">
        <Tabs.List>
          <Tabs.Tab value="agents">{t("staff.agents")}</Tabs.Tab>
          <Tabs.Tab value="departments">{t("transfer.departments")}</Tabs.Tab>
          <Tabs.Tab value="teams">{t("staff.teams")}</Tabs.Tab>
          <Tabs.Tab value="codes">{t("codes.tab")}</Tabs.Tab>
          <Tabs.Tab value="roles">{t("staff.roles")}</Tabs.Tab>
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
          <AgentRows agents={agents.data ?? []} locked={!adding.agents.may} edit={setAgent} />
        </Tabs.Panel>
        <Tabs.Panel value="departments" pt="md">
          <DepartmentRows
            agents={agents.data ?? []}
            locked={!adding.departments.may}
            edit={setDepartment}
          />
        </Tabs.Panel>
        <Tabs.Panel value="teams" pt="md">
          <TeamRows teams={teams.data ?? []} agents={agents.data ?? []} edit={setTeam} />
        </Tabs.Panel>
        <Tabs.Panel value="codes" pt="md">
          <CodeRows
            agents={agents.data ?? []}
            teams={teams.data ?? []}
            locked={!adding.codes.may}
          />
        </Tabs.Panel>
        <Tabs.Panel value="roles" pt="md">
          <RoleRows agents={agents.data ?? []} edit={setRole} />
        </Tabs.Panel>
      </Tabs>
      {agent ? (
        <AgentForm agent={agent === "new" ? null : agent} close={() => setAgent(null)} />
      ) : null}
      {department ? (
        <DepartmentForm
          department={department === "new" ? null : department}
          close={() => setDepartment(null)}
        />
      ) : null}
      {code ? (
        <CodeForm
          agents={agents.data ?? []}
          teams={teams.data ?? []}
          close={() => setCode(false)}
        />
      ) : null}
      {role ? (
        <RoleForm
          role={role === "new" ? null : role}
          agents={agents.data ?? []}
          close={() => setRole(null)}
        />
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
