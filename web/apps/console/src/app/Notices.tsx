import { useDirection } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useStore } from "../shared/store.ts";
import { wanted } from "../shared/ui/notices.ts";

const Notifications = lazy(async () => {
  await import("@mantine/notifications/styles.css");
  return { default: (await import("@mantine/notifications")).Notifications };
});

export function Notices() {
  const { dir } = useDirection();
  if (!useStore(wanted)) return null;
  return (
    <Suspense fallback={null}>
      <Notifications position={dir === "rtl" ? "top-left" : "top-right"} zIndex={1000} />
    </Suspense>
  );
}
