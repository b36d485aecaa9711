import { Button, FileButton, Input } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { bytes } from "../../shared/format/bytes.ts";
import { useLimits } from "../../shared/live/connection.ts";
import { notice } from "../../shared/ui/notices.ts";
import { Attachments } from "../../shared/uploads/Attachments.tsx";
import type { useAttachments } from "../../shared/uploads/uploads.ts";

export const mostFiles = 5;

/** Pictures and files that go with the words. */
export function ReplyFiles({
  attachments,
}: {
  readonly attachments: ReturnType<typeof useAttachments>;
}) {
  const { t } = useTranslation();
  const { max_upload: largest } = useLimits();
  const room = mostFiles - attachments.list.length;
  const attach = (files: readonly File[]) => {
    for (const { name, size } of files) {
      if (size <= largest) continue;
      const message = t("composer.tooLarge", { name, limit: bytes(largest) });
      notice({ color: "red", message });
    }
    attachments.add(files.filter(({ size }) => size <= largest).slice(0, room));
  };
  return (
    <Input.Wrapper
      labelElement="div"
      label={t("replies.files")}
      description={t("replies.filesHint", { most: mostFiles })}
    >
      <Attachments {...attachments} />
      <FileButton multiple onChange={attach}>
        {(button) => (
          <Button
            {...button}
            mt={6}
            size="xs"
            variant="default"
            disabled={room <= 0}
            leftSection={<IconPaperclip size={15} aria-hidden="true" />}
          >
            {t("replies.attach")}
          </Button>
        )}
      </FileButton>
    </Input.Wrapper>
  );
}
