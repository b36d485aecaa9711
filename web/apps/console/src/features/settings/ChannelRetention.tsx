import type { RetentionAnswer } from "@frontdesk/api";
import { Button, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { fullTime } from "../../shared/format/time.ts";
import { can } from "../../shared/session/permissions.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";

/** For how long a channel keeps what was said, and what goes next. */
export function ChannelRetention({ path }: { path: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const failure = useFailure();
  const key = ["retention", path];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => http<RetentionAnswer>("GET", path, { signal }),
  });
  const [typed, setTyped] = useState<number | string | null>(null);
  const saving = useMutation({
    mutationFn: (days: number | null) => http<RetentionAnswer>("PUT", path, { body: { days } }),
    onError: failure.show,
    onSuccess: (answer) => {
      queries.setQueryData(key, answer);
      setTyped(null);
    },
  });
  if (!data) return null;
  const { days, due, oldest } = data.retention;
  const shown = typed ?? days ?? "";
  return (
    <Stack gap={6}>
      <Group align="flex-end" gap="xs">
        <NumberInput
          flex={1}
          label={t("privacy.days")}
          description={t("privacy.daysHint")}
          min={1}
          max={3650}
          allowDecimal={false}
          disabled={!can(me, "contact.erase")}
          value={shown}
          onChange={setTyped}
        />
        <Button
          variant="default"
          disabled={shown === (days ?? "")}
          loading={saving.isPending}
          onClick={() => saving.mutate(shown === "" ? null : Number(shown))}
        >
          {t("privacy.save")}
        </Button>
      </Group>
      {days === null ? null : (
        <Text size="xs" c="dimmed" role="status">
          {oldest === null
            ? t("privacy.nothing")
            : t("privacy.due", { count: due, date: fullTime(oldest, i18n.language) })}
        </Text>
      )}
    </Stack>
  );
}
