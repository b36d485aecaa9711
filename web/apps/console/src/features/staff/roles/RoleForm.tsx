import type { Agent, Permission, Role, RoleInput, Scope } from "@frontdesk/api";
import { Checkbox, Fieldset, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import { can } from "../../../shared/session/permissions.ts";
import { useRoles } from "../../../shared/session/roles.ts";
import { useMe } from "../../../shared/session/session.ts";
import { groups } from "./groups.ts";

const reaches: Readonly<Record<Scope, Permission | null>> = {
  own: null,
  teams: "conversation.read_team",
  department: "conversation.read_department",
  organization: "conversation.read_all",
};

interface Props {
  readonly role: Role | null;
  readonly agents: readonly Agent[];
  readonly close: () => void;
}

export function RoleForm({ role, agents, close }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { nameOf } = useRoles();
  const save = useSave("roles", close);
  const [name, setName] = useState(role?.name ?? "");
  const [scope, setScope] = useState<Scope>(role?.scope ?? "teams");
  const [chosen, setChosen] = useState<ReadonlySet<Permission>>(
    new Set(role?.permissions ?? ["conversation.read_own", "conversation.write_own"]),
  );
  const fixed = role?.built_in === true || !can(me, "role.manage");
  const holders = agents.filter(
    (agent) => agent.kind === "human" && role !== null && agent.role === role.id,
  );
  const toggle = (permission: Permission) => {
    const next = new Set(chosen);
    if (!next.delete(permission)) next.add(permission);
    setChosen(next);
  };
  const submit = () => {
    const body: RoleInput = { name: name.trim(), scope, permissions: [...chosen] };
    save.mutate([
      role
        ? { method: "PATCH", path: `/v1/roles/${role.id}`, body }
        : { method: "POST", path: "/v1/roles", body },
    ]);
  };
  const remove = () => save.mutate([{ method: "DELETE", path: `/v1/roles/${role?.id ?? ""}` }]);
  return (
    <FormDialog
      title={role ? nameOf(role.id) : t("roles.add")}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={!fixed && name.trim() !== ""}
      submit={submit}
      remove={role && !fixed && holders.length === 0 ? remove : undefined}
    >
      {role?.built_in ? null : (
        <TextInput
          data-autofocus
          label={t("roles.name")}
          value={name}
          maxLength={50}
          disabled={fixed}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <Radio.Group
        label={t("roles.scope")}
        description={t(`roles.reachHint.${scope}`)}
        value={scope}
        onChange={(value) => setScope(value as Scope)}
      >
        <Stack gap={6} mt={8}>
          {(Object.keys(reaches) as Scope[]).map((each) => {
            const needs = reaches[each];
            return (
              <Radio
                key={each}
                value={each}
                label={t(`roles.reach.${each}`)}
                disabled={fixed || (needs !== null && !can(me, needs))}
              />
            );
          })}
        </Stack>
      </Radio.Group>
      {Object.entries(groups).map(([group, permissions]) => (
        <Fieldset key={group} legend={t(`roles.group.${group as "people"}`)}>
          <Stack gap={8}>
            {permissions.map((permission) => (
              <Checkbox
                key={permission}
                label={t(`roles.may.${permission as "search.use"}`)}
                checked={chosen.has(permission)}
                disabled={fixed || !can(me, permission)}
                onChange={() => toggle(permission)}
              />
            ))}
          </Stack>
        </Fieldset>
      ))}
      {fixed ? null : <small>{t("roles.beyond")}</small>}
      {role ? (
        <section>
          <strong>{t("roles.who")}</strong>
          <p style={{ margin: "4px 0 0" }}>
            {holders.length === 0 ? t("roles.nobody") : null}
            {holders.map((agent, index) => (
              <span key={agent.id}>
                {index ? ", " : null}
                <bdi>{agent.name || agent.nickname}</bdi>
              </span>
            ))}
          </p>
        </section>
      ) : null}
    </FormDialog>
  );
}
