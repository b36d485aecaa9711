import type { NotificationData } from "@mantine/notifications";
import { instance } from "../../i18n/i18n.ts";
import { createStore } from "../store.ts";

/** Whether a notice has been shown; what draws them is loaded with the first one. */
export const wanted = createStore(false);

/** Takes a notice away that was given this id. */
export function dismiss(id: string): void {
  void import("@mantine/notifications").then(({ notifications }) => notifications.hide(id));
}

/** A word in the corner: that something worked, or why it did not. */
export function notice(data: NotificationData): void {
  wanted.set(true);
  const closeButtonProps = { "aria-label": instance.t("common.close") };
  void import("@mantine/notifications").then(({ notifications }) =>
    notifications.show({ closeButtonProps, ...data }),
  );
}
