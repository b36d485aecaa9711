import { ApiError, type AuditVerdict, address, wireError } from "@frontdesk/api";
import { Button, Group, Menu } from "@mantine/core";
import { IconDownload, IconShieldCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import type { AuditFilter } from "../../shared/api/audit.ts";
import { accessToken, http } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { notice } from "../../shared/ui/notices.ts";

async function download(form: "csv" | "jsonl", filter: AuditFilter): Promise<void> {
  const answer = await fetch(address("/v1/audit/export", { ...filter, form }), {
    headers: { Authorization: `Bearer ${await accessToken()}` },
  });
  if (!answer.ok) {
    const body: unknown = await answer.json().catch(() => null);
    throw new ApiError(answer.status, wireError(answer.status, body), body);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `audit.${form}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function Tools({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const fetching = useMutation({
    mutationFn: (form: "csv" | "jsonl") => download(form, filter),
    onError: failure.show,
  });
  const checking = useMutation({
    mutationFn: () => http<AuditVerdict>("GET", "/v1/audit/verification"),
    onError: failure.show,
    onSuccess: ({ entries, broken_at: seq }) =>
      seq === null
        ? notice({ message: t("audit.good", { count: entries }) })
        : notice({ message: t("audit.broken", { seq }), color: "red", autoClose: false }),
  });
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} />}
        loading={checking.isPending}
        onClick={() => checking.mutate()}
      >
        {t("audit.check")}
      </Button>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} />}
            loading={fetching.isPending}
          >
            {t("audit.export")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => fetching.mutate("csv")}>{t("audit.csv")}</Menu.Item>
          <Menu.Item onClick={() => fetching.mutate("jsonl")}>{t("audit.jsonl")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
