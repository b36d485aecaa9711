import { Button, Checkbox, Group, Popover, Stack } from "@mantine/core";
import { IconColumns3, IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { download } from "../../shared/api/download.ts";
import type { ContactFilter } from "../../shared/api/queries.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import type { Column } from "./columns.ts";
import { useColumnName } from "./useColumnName.ts";

interface Props {
  readonly filter: ContactFilter;
  readonly columns: readonly Column[];
  readonly chosen: readonly string[];
  readonly choose: (chosen: readonly string[]) => void;
}

/** Which columns are shown, and the whole list as a file. */
export function Tools({ filter, columns, chosen, choose }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const failure = useFailure();
  const nameOf = useColumnName();
  const exporting = useMutation({
    mutationFn: () => download("/v1/contacts/export", "contacts.csv", { ...filter }),
    onError: failure.show,
  });
  return (
    <Group gap="sm">
      <Popover position="bottom-end" withinPortal={false}>
        <Popover.Target>
          <Button variant="default" leftSection={<IconColumns3 size={16} />}>
            {t("contacts.columns")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap={8} mah={320} style={{ overflowY: "auto" }}>
            {columns.map((column) => (
              <Checkbox
                key={column.id}
                label={nameOf(column)}
                checked={chosen.includes(column.id)}
                onChange={(event) =>
                  choose(
                    event.currentTarget.checked
                      ? [...chosen, column.id]
                      : chosen.filter((id) => id !== column.id),
                  )
                }
              />
            ))}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {can(me, "contact.export") ? (
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          loading={exporting.isPending}
          onClick={() => exporting.mutate()}
        >
          {t("contacts.export")}
        </Button>
      ) : null}
    </Group>
  );
}
