import { Button, Group, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import styles from "./admin.module.css";

interface Props {
  readonly title: string;
  readonly close: () => void;
  readonly busy: boolean;
  readonly submit: () => void;
  readonly ready?: boolean;
  readonly size?: string;
  /** What the button says that submits; “save” where nothing is said. */
  readonly send?: string;
  /** Deletes what is edited; asks once more first. */
  readonly remove?: (() => void) | undefined;
  /** What goes with it; read when it is asked once more. */
  readonly removal?: string;
  readonly children: ReactNode;
}

export function FormDialog({
  title,
  close,
  busy,
  submit,
  ready = true,
  size,
  send: word,
  remove,
  removal,
  children,
}: Props) {
  const { t } = useTranslation();
  const [sure, setSure] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !busy) submit();
  };
  return (
    <Dialog opened onClose={close} title={title} size={size ?? "md"}>
      <form onSubmit={send} noValidate>
        <Stack gap="sm">{children}</Stack>
        {sure && removal ? (
          <Text role="status" size="sm" c="red" mt="md">
            {removal}
          </Text>
        ) : null}
        <Group mt="lg" gap={8} className={styles.dialogEnd ?? ""}>
          {remove ? (
            <Button
              variant={sure ? "filled" : "subtle"}
              color="red"
              me="auto"
              onClick={() => (sure ? remove() : setSure(true))}
            >
              {t(sure ? "admin.deleteSure" : "common.delete")}
            </Button>
          ) : null}
          <Button variant="default" ms={remove ? 0 : "auto"} onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready}>
            {word ?? t("common.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
