import { Button, Code, CopyButton, Text } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import { Dialog } from "../../shared/ui/Dialog.tsx";

/** The one time that a secret is shown. */
export function SecretOnce({ secret, close }: { secret: string; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={close} title={t("webhooks.secret")}>
      <Code block>{secret}</Code>
      <Text size="sm" my="sm">
        {t("webhooks.secretHint")}
      </Text>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button onClick={copy}>{t(copied ? "common.copied" : "common.copy")}</Button>
        )}
      </CopyButton>
    </Dialog>
  );
}
