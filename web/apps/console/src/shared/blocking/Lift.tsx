import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useSave } from "../admin/useSave.ts";

/** Lets somebody in again; asks once more first. */
export function Lift({ block }: { block: string }) {
  const { t } = useTranslation();
  const save = useSave("blocks");
  const [sure, setSure] = useState(false);
  const lift = () => save.mutate([{ method: "DELETE", path: `/v1/blocks/${block}` }]);
  return (
    <Button
      size="compact-sm"
      variant={sure ? "filled" : "default"}
      loading={save.isPending}
      onClick={() => (sure ? lift() : setSure(true))}
      onBlur={() => setSure(false)}
    >
      {t(sure ? "blocking.sure" : "blocking.lift")}
    </Button>
  );
}
