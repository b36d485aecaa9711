import { ActionIcon } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useStore } from "../../../shared/store.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import styles from "./transcript.module.css";
import { viewer } from "./viewer.ts";

export function Viewer() {
  const { t } = useTranslation();
  const image = useStore(viewer);
  const label = t("conversation.download", { name: image?.name ?? "" });
  if (!image) return null;
  return (
    <Dialog opened onClose={() => viewer.set(null)} title={image.name} size="auto">
      <div className={styles.viewer}>
        <img src={image.url} alt={image.name} />
        <ActionIcon
          data-hint={label}
          component="a"
          href={image.url}
          download={image.name}
          variant="default"
          size="lg"
          aria-label={label}
        >
          <IconDownload size={18} />
        </ActionIcon>
      </div>
    </Dialog>
  );
}
