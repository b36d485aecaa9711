import type { ErasureAnswer } from "@frontdesk/api";
import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import { IconDownload, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as words from "../../i18n/en/privacy.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { download } from "../../shared/api/download.ts";
import { can } from "../../shared/session/permissions.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import styles from "./contact.module.css";

addEnglish(words);

interface Props {
  readonly contact: { readonly id: string; readonly name: string };
  /** There is no such contact any more; how far it is is still known. */
  readonly erased: boolean;
}

/** What is kept about a person goes to them, or goes away. */
export function Privacy({ contact, erased }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const failure = useFailure();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const path = `/v1/contacts/${contact.id}/erasure`;
  const exporting = useMutation({
    mutationFn: () => download(`/v1/contacts/${contact.id}/export`, `contact-${contact.id}.zip`),
    onError: failure.show,
  });
  const erasing = useMutation({
    mutationFn: () => http<ErasureAnswer>("POST", path),
    onError: failure.show,
    onSuccess: (answer) => queries.setQueryData(["erasure", contact.id], answer),
    onSettled: () => setAsking(false),
  });
  const { data } = useQuery({
    queryKey: ["erasure", contact.id],
    queryFn: ({ signal }) => http<ErasureAnswer>("GET", path, { signal }),
    enabled: erasing.isSuccess || (erased && can(me, "contact.erase")),
    retry: false,
    refetchInterval: (query) => (query.state.data?.erasure.finished_at ? false : 1000),
  });
  const mayExport = can(me, "contact.export");
  const mayErase = can(me, "contact.erase");
  if (!mayExport && !mayErase) return null;
  const erasure = data?.erasure;
  if (erased && !erasure) return null;
  return (
    <section className={styles.section} aria-label={t("privacy.title")}>
      <h3>{t("privacy.title")}</h3>
      {erasure ? (
        <Stack gap={6} role="status">
          <Text size="sm">
            {erasure.finished_at
              ? t("privacy.done")
              : t("privacy.going", { done: erasure.done, count: erasure.conversations })}
          </Text>
          {erasure.finished_at ? null : (
            <Progress
              aria-label={t("privacy.title")}
              value={(100 * erasure.done) / Math.max(1, erasure.conversations)}
            />
          )}
        </Stack>
      ) : (
        <Group gap="xs">
          {mayExport ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={14} />}
              loading={exporting.isPending}
              onClick={() => exporting.mutate()}
            >
              {t("privacy.export")}
            </Button>
          ) : null}
          {mayErase ? (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={14} />}
              onClick={() => setAsking(true)}
            >
              {t("privacy.erase")}
            </Button>
          ) : null}
        </Group>
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("privacy.ask", { name: contact.name })}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        <Stack>
          <Text size="sm">{t("privacy.asked")}</Text>
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {t("common.cancel")}
            </Button>
            <Button color="red.9" loading={erasing.isPending} onClick={() => erasing.mutate()}>
              {t("privacy.confirm")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </section>
  );
}
