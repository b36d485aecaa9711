import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "../i18n/translation.tsx";
import { Nothing } from "../shared/ui/Nothing.tsx";

export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Nothing
      isPage
      icon={<IconMapOff size={28} />}
      title={t("shell.notFound")}
      action={
        <Button variant="default" onClick={() => void navigate({ to: "/inbox" })}>
          {t("shell.toInbox")}
        </Button>
      }
    >
      {t("shell.notFoundHint")}
    </Nothing>
  );
}
