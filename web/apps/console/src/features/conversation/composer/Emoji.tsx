import { ActionIcon } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useLayer } from "../../../shared/ui/useLayer.ts";

const load = () => import("./EmojiPicker.tsx");
const EmojiPicker = lazy(load);

export function Emoji({ insert, disabled }: { insert: (text: string) => void; disabled: boolean }) {
  const { t } = useTranslation();
  const { layer, toButton } = useLayer("dialog");
  const [wanted, setWanted] = useState(false);
  const label = t("composer.emoji");
  useEffect(() => void load(), []);
  return (
    <>
      <ActionIcon
        {...toButton}
        variant="subtle"
        color="gray"
        size="md"
        disabled={disabled}
        data-hint={layer.opened ? undefined : label}
        aria-label={label}
        onClick={() => {
          setWanted(true);
          layer.change(!layer.opened);
        }}
      >
        <IconMoodSmile size={18} />
      </ActionIcon>
      {wanted ? (
        <Suspense fallback={null}>
          <EmojiPicker layer={layer} insert={insert} />
        </Suspense>
      ) : null}
    </>
  );
}
