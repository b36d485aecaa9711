import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";

/** A modal dialog whose way out has a name, and after which the focus is where it was before. */
export function Dialog(props: ModalProps) {
  const { t } = useTranslation();
  const [before] = useState(() => document.activeElement);
  // Whoever shows it takes it away as soon as it is closed, too early for the library to do this by itself.
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
  return <Modal closeButtonProps={{ "aria-label": t("common.close") }} {...props} />;
}
