import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useFailure } from "./failure.ts";
import { Nothing } from "./Nothing.tsx";

/** A part of the screen that could not be loaded, and the way to try again. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation();
  const { words } = useFailure();
  return (
    <Nothing
      icon={<IconCloudOff size={28} />}
      title={t("error.title")}
      action={
        <Button variant="default" size="xs" onClick={retry}>
          {t("common.retry")}
        </Button>
      }
    >
      {words(error)}
    </Nothing>
  );
}
