import type { ContactBlocks } from "@frontdesk/api";
import { Button, Group, Text } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import * as words from "../../i18n/en/blocking.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { BlockForm } from "../../shared/blocking/BlockForm.tsx";
import { Lift } from "../../shared/blocking/Lift.tsx";
import { useUntil } from "../../shared/blocking/useUntil.ts";
import { http } from "../../shared/session/session.ts";
import styles from "./contact.module.css";

addEnglish(words);

/** Whether the customer is kept out, and keeping them out. */
export default function Blocking({ contact }: { contact: string }) {
  const { t } = useTranslation();
  const until = useUntil();
  const [asking, setAsking] = useState(false);
  const query = useQuery({
    queryKey: ["blocks", contact],
    queryFn: ({ signal }) =>
      http<ContactBlocks>("GET", `/v1/contacts/${contact}/blocks`, { signal }),
  });
  if (!query.data) return null;
  const { items, address } = query.data;
  return (
    <section className={styles.section} aria-label={t("blocking.title")}>
      {items.map((block) => (
        <Group key={block.id} gap="xs" justify="space-between" wrap="nowrap">
          <Text size="sm">
            {t(block.network ? "blocking.nowAddress" : "blocking.now", { until: until(block) })}
          </Text>
          <Lift block={block.id} />
        </Group>
      ))}
      {items.length === 0 ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconUserOff size={14} />}
          onClick={() => setAsking(true)}
        >
          {t("blocking.block")}
        </Button>
      ) : null}
      {asking ? (
        <BlockForm
          contact={{ id: contact, address: address !== null }}
          close={() => setAsking(false)}
        />
      ) : null}
    </section>
  );
}
