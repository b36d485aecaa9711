import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { LentButton } from "../../shared/ui/LentButton.tsx";
import { type Layer, useLayer } from "../../shared/ui/useLayer.ts";
import { useOpened } from "../../shared/ui/useOpened.ts";

function MoreMenu({ layer, children }: { layer: Layer; children: ReactNode }) {
  const opened = useOpened(layer.opened);
  if (!layer.button) return null;
  return (
    <Menu id={layer.id} opened={opened} onChange={layer.change} position="bottom-end">
      <Menu.Target>
        <LentButton button={layer.button} />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

/** The three dots. Their menu is made when somebody wants it: most conversations are opened without. */
export function More({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { layer, toButton } = useLayer("menu");
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <ActionIcon
        {...toButton}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("shell.more")}
        onClick={() => {
          setWanted(true);
          layer.change(!layer.opened);
        }}
      >
        <IconDots size={19} />
      </ActionIcon>
      {wanted ? <MoreMenu layer={layer}>{children}</MoreMenu> : null}
    </>
  );
}
