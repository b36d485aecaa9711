import type { Care } from "@frontdesk/api";
import { NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery, careQuery } from "../../shared/api/queries.ts";
import { can } from "../../shared/session/permissions.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import styles from "./contact.module.css";

/** How important a customer is, and whose; both count when the next conversation is given to somebody. */
export function Vip({ contact }: { contact: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const failure = useFailure();
  const [level, owner] = [useId(), useId()];
  const query = careQuery(contact);
  const { data: care } = useQuery(query);
  const { data: agents = [] } = useQuery(agentsQuery);
  const { queryKey } = query;
  const { mutate } = useMutation({
    mutationFn: (body: Care) => http<Care>("PUT", `/v1/contacts/${contact}/care`, { body }),
    onMutate: (body) => {
      const before = queries.getQueryData(queryKey);
      queries.setQueryData(queryKey, body);
      return before;
    },
    onError: (error, _body, before) => {
      queries.setQueryData(queryKey, before);
      failure.show(error);
    },
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  if (!care) return null;
  const common = {
    variant: "unstyled",
    disabled: !can(me, "contact.edit"),
    classNames: { root: styles.inPlace ?? "", input: styles.input ?? "" },
  } as const;
  const people = agents.filter(
    ({ id, kind, enabled }) => id === care.owner_id || (kind === "human" && enabled),
  );
  return (
    <>
      <div className={styles.fact}>
        <label className={styles.label} htmlFor={level}>
          {t("contact.vip")}
        </label>
        <NativeSelect
          {...common}
          id={level}
          data={[0, 1, 2, 3, 4, 5].map((each) => ({
            value: String(each),
            label: each ? t("contact.vipLevel", { level: each }) : t("contact.vipNone"),
          }))}
          value={String(care.vip)}
          onChange={(event) => mutate({ ...care, vip: Number(event.currentTarget.value) })}
        />
      </div>
      <div className={styles.fact}>
        <label className={styles.label} htmlFor={owner}>
          {t("contact.owner")}
        </label>
        <NativeSelect
          {...common}
          id={owner}
          data={[
            { value: "", label: t("contact.ownerNone") },
            ...people.map(({ id, name, nickname }) => ({ value: id, label: name || nickname })),
          ]}
          value={care.owner_id ?? ""}
          onChange={(event) => mutate({ ...care, owner_id: event.currentTarget.value || null })}
        />
      </div>
    </>
  );
}
