import type { Contact } from "@frontdesk/api";
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { contactFieldsQuery } from "../../../shared/api/queries.ts";
import { dateTime } from "../../../shared/format/time.ts";
import { Face } from "../../../shared/ui/Face.tsx";
import { useFailure } from "../../../shared/ui/failure.ts";
import { notice } from "../../../shared/ui/notices.ts";
import { Choice } from "./Choice.tsx";
import styles from "./merging.module.css";
import { keptOf, type Pick, picksOf, rowsOf } from "./rows.ts";
import { useMerge } from "./useMerge.ts";

interface Props {
  readonly opened: Contact;
  readonly found: Contact;
  readonly back: () => void;
  readonly close: () => void;
}

/** Two records side by side: which facts stand, and what becomes of the rest, before it is done for good. */
export function Compare({ opened, found, back, close }: Props) {
  const { t, i18n } = useTranslation();
  const failure = useFailure();
  const { data: fields = [] } = useQuery(contactFieldsQuery);
  const [swapped, setSwapped] = useState(false);
  const [chosen, setChosen] = useState<Readonly<Record<string, Pick>>>({});
  const merge = useMerge();
  const kept = keptOf(opened, found, swapped);
  if (!kept) {
    return (
      <>
        <Alert color="orange">{t("merging.twoKnown")}</Alert>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={back}>
            {t("merging.back")}
          </Button>
        </Group>
      </>
    );
  }
  const other = kept === opened ? found : opened;
  const rows = rowsOf(kept, other, fields);
  const known = kept.external_id !== null;
  const submit = () =>
    merge.mutate(
      { kept, other, picks: picksOf(rows, chosen) },
      {
        onSuccess: () => {
          notice({ message: t("merging.done") });
          close();
        },
      },
    );
  return (
    <>
      <div className={styles.heads}>
        {[kept, other].map((contact, place) => (
          <div key={contact.id} className={styles.person}>
            <Face id={contact.id} name={contact.name} size={36} />
            <span>
              <bdi>{contact.name}</bdi>
              <small>
                {t(place ? "merging.goes" : "merging.stays")} ·{" "}
                {t("contact.since", {
                  date: dateTime(contact.first_seen_at, Date.now(), i18n.language),
                })}
              </small>
            </span>
          </div>
        ))}
      </div>
      {rows.map((row) => (
        <Choice
          key={row.name}
          row={row}
          pick={chosen[row.name] ?? "kept"}
          choose={(pick) => setChosen((held) => ({ ...held, [row.name]: pick }))}
        />
      ))}
      <Text size="sm" mt="md" c="dimmed">
        {known ? t("merging.known", { name: kept.name }) : null} {t("merging.along")}{" "}
        {t("merging.safe")}
      </Text>
      {merge.isError ? (
        <Alert color="red" mt="sm" role="alert">
          {failure.words(merge.error)}
        </Alert>
      ) : null}
      <Group mt="md" gap="sm">
        {known ? null : (
          <Button
            variant="subtle"
            leftSection={<IconArrowsExchange size={16} />}
            onClick={() => {
              setSwapped(!swapped);
              setChosen({});
            }}
          >
            {t("merging.swap")}
          </Button>
        )}
        <Group gap="sm" ms="auto">
          <Text size="sm" fw={550}>
            {t("merging.undone")}
          </Text>
          <Button variant="default" data-autofocus onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button color="red.9" loading={merge.isPending} onClick={submit}>
            {t("merging.merge")}
          </Button>
        </Group>
      </Group>
    </>
  );
}
