import type { Agent } from "@frontdesk/api";
import { NumberInput, PasswordInput, Select, Switch, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { type Change, useSave } from "../../shared/admin/useSave.ts";
import { Devices } from "../../shared/session/Devices.tsx";
import { useRoles } from "../../shared/session/roles.ts";
import { DepartmentOf } from "./departments/DepartmentOf.tsx";
import { Limits } from "./Limits.tsx";
import { SecondFactorOf } from "./SecondFactorOf.tsx";
import { Skills } from "./Skills.tsx";

export function AgentForm({ agent, close }: { agent: Agent | null; close: () => void }) {
  const { t } = useTranslation();
  const save = useSave("agents", close);
  const { roles, nameOf, aboutOf } = useRoles();
  const [form, setForm] = useState({
    username: agent?.username ?? "",
    name: agent?.name ?? "",
    nickname: agent?.nickname ?? "",
    role: agent?.role ?? "agent",
    capacity: agent?.capacity ?? 8,
    enabled: agent?.enabled ?? true,
    email: agent?.email ?? "",
    password: "",
    limits: agent?.limits ?? {},
    skills: agent?.skills ?? {},
    department_id: agent?.department_id ?? null,
  });
  const set = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }));
  const shown = roles.find(({ id }) => id === form.role);
  const { username, password, enabled, limits, skills, ...rest } = form;
  const submit = () => {
    const changes: Change[] = [];
    if (!agent) {
      changes.push({ method: "POST", path: "/v1/agents", body: { username, password, ...rest } });
    } else {
      const path = `/v1/agents/${agent.id}`;
      changes.push({ method: "PATCH", path, body: { ...rest, enabled, limits, skills } });
      if (password) {
        changes.push({ method: "POST", path: `${path}/password`, body: { password } });
      }
    }
    save.mutate(changes);
  };
  const ready =
    username.trim() !== "" && form.name.trim() !== "" && (agent !== null || password !== "");
  return (
    <FormDialog
      title={agent ? agent.name || agent.nickname : t("staff.addAgent")}
      close={close}
      busy={save.isPending}
      ready={ready}
      submit={submit}
    >
      <TextInput
        data-autofocus
        label={t("staff.name")}
        description={t("staff.nameHint")}
        value={form.name}
        maxLength={50}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t("staff.nickname")}
        description={t("staff.nicknameHint")}
        value={form.nickname}
        maxLength={50}
        onChange={(event) => set({ nickname: event.currentTarget.value })}
      />
      <TextInput
        label={t("signIn.username")}
        value={username}
        disabled={agent !== null}
        autoComplete="off"
        maxLength={50}
        onChange={(event) => set({ username: event.currentTarget.value })}
      />
      {agent?.kind === "bot" ? null : (
        <TextInput
          type="email"
          label={t("staff.email")}
          description={t("staff.emailHint")}
          value={form.email}
          autoComplete="off"
          maxLength={254}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
      )}
      <PasswordInput
        label={t(agent ? "staff.newPassword" : "signIn.password")}
        description={agent ? t("staff.newPasswordHint") : undefined}
        value={password}
        autoComplete="new-password"
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
      <Select
        label={t("staff.roleLabel")}
        description={shown ? aboutOf(shown) : undefined}
        allowDeselect={false}
        data={roles.map(({ id }) => ({ value: id, label: nameOf(id) }))}
        value={form.role}
        onChange={(role) => set({ role: role ?? "agent" })}
      />
      <DepartmentOf value={form.department_id} set={(department_id) => set({ department_id })} />
      <NumberInput
        label={t("staff.capacity")}
        description={t("staff.capacityHint")}
        min={0}
        max={200}
        allowDecimal={false}
        value={form.capacity}
        onChange={(value) => set({ capacity: Number(value) || 0 })}
      />
      {agent?.kind === "human" ? (
        <>
          <Limits value={limits} set={(next) => set({ limits: next })} />
          <Skills
            label={t("staff.skills")}
            hint={t("staff.skillsHint")}
            value={skills}
            set={(next) => set({ skills: next })}
          />
        </>
      ) : null}
      {agent ? (
        <Switch
          label={t("staff.enabled")}
          checked={enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
      ) : null}
      {agent?.kind === "human" ? <SecondFactorOf agentId={agent.id} /> : null}
      {agent ? (
        <section>
          <Text size="sm" fw={500} mb={6}>
            {t("access.devices.ofAgent")}
          </Text>
          <Devices path={`/v1/agents/${agent.id}/sessions`} own={false} />
        </section>
      ) : null}
    </FormDialog>
  );
}
