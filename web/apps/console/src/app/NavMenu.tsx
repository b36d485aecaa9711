import { Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { LentButton } from "../shared/ui/LentButton.tsx";
import type { Layer } from "../shared/ui/useLayer.ts";
import { useOpened } from "../shared/ui/useOpened.ts";

export function NavMenu({ layer, children }: { layer: Layer; children: ReactNode }) {
  const opened = useOpened(layer.opened);
  if (!layer.button) return null;
  return (
    <Menu
      id={layer.id}
      opened={opened}
      onChange={layer.change}
      position="right-end"
      width={264}
      shadow="md"
      withinPortal
    >
      <Menu.Target>
        <LentButton button={layer.button} />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
