import { Button, FileButton, Group } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { bytes } from "../format/bytes.ts";
import { useLimits } from "../live/connection.ts";
import { notice } from "../ui/notices.ts";
import type { Attachment, useAttachments } from "../uploads/uploads.ts";
import styles from "./fields.module.css";

interface Props {
  readonly chosen: Attachment | undefined;
  readonly attachments: ReturnType<typeof useAttachments>;
}

/** One picture, uploaded while one still writes. */
export function PictureField({ chosen, attachments }: Props) {
  const { t } = useTranslation();
  const { max_upload: largest } = useLimits();
  const refused = chosen?.state === "failed" || (chosen?.media && chosen.media.kind !== "image");
  const drop = () => attachments.remove(attachments.list.map(({ key }) => key));
  const choose = (file: File | null) => {
    if (!file) return;
    if (file.size > largest) {
      const message = t("composer.tooLarge", { name: file.name, limit: bytes(largest) });
      notice({ color: "red", message });
      return;
    }
    drop();
    attachments.add([file]);
  };
  return (
    <div>
      <Group gap="xs">
        <FileButton accept="image/*" onChange={choose}>
          {(button) => (
            <Button
              {...button}
              variant="default"
              size="xs"
              leftSection={<IconPhoto size={15} aria-hidden="true" />}
              loading={chosen?.state === "uploading"}
            >
              {t(chosen ? "cards.otherPicture" : "cards.picture")}
            </Button>
          )}
        </FileButton>
        {chosen ? (
          <Button variant="subtle" color="gray" size="xs" onClick={drop}>
            {t("cards.noPicture")}
          </Button>
        ) : null}
      </Group>
      {refused ? (
        <p className={styles.refused} role="alert">
          {t("cards.notPicture", { name: chosen?.name })}
        </p>
      ) : null}
    </div>
  );
}
