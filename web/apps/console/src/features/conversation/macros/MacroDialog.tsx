import type { Macro, MacroRun } from "@frontdesk/api";
import { Button, Group } from "@mantine/core";
import { IconBolt } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { chosenMacro, macrosQuery } from "../../../shared/macros/macros.ts";
import { Dialog } from "../../../shared/ui/Dialog.tsx";
import { Nothing } from "../../../shared/ui/Nothing.tsx";
import { MacroFinder } from "./MacroFinder.tsx";
import styles from "./macros.module.css";
import { StepList, TakenList } from "./StepList.tsx";
import { useRun } from "./useRun.ts";

interface Props {
  readonly conversation: string;
  readonly close: () => void;
}

function Stopped({ macro, ran, close }: { macro: Macro; ran: MacroRun; close: () => void }) {
  const { t } = useTranslation();
  const at = ran.steps.findIndex(({ outcome }) => outcome === "refused") + 1;
  return (
    <div role="alert">
      <p>
        <strong>{t("macros.stopped", { name: macro.name, at, count: ran.steps.length })}</strong>
      </p>
      <p className={styles.hint}>{t("macros.stoppedHint")}</p>
      <TakenList steps={ran.steps} />
      <Group justify="flex-end" mt="md">
        <Button data-autofocus onClick={close}>
          {t("common.close")}
        </Button>
      </Group>
    </div>
  );
}

/** Shows what each macro does before it is run, and, where it stopped, how far it came. */
export default function MacroDialog({ conversation, close }: Props) {
  const { t } = useTranslation();
  const { data, isPending } = useQuery(macrosQuery);
  const [chosen, choose] = useState(chosenMacro.get);
  const run = useRun(conversation, close);
  useEffect(() => chosenMacro.set(null), []);
  const macro = data?.find(({ id }) => id === chosen);
  const start = () => macro && !run.isPending && run.mutate(macro);
  const manage = (
    <Button component={Link} to="/replies" hash="macros" variant="subtle" color="gray" px={6}>
      {t("macros.manage")}
    </Button>
  );
  if (run.data && run.variables) {
    return (
      <Dialog opened onClose={close} title={t("macros.title")}>
        <Stopped macro={run.variables} ran={run.data} close={close} />
      </Dialog>
    );
  }
  return (
    <Dialog opened onClose={close} title={t("macros.title")}>
      {data?.length === 0 ? (
        <Nothing icon={<IconBolt size={26} />} title={t("macros.none")} action={manage}>
          {t("macros.noneHint")}
        </Nothing>
      ) : (
        <>
          <MacroFinder macros={data ?? []} chosen={chosen} choose={choose} submit={start} />
          {macro ? <StepList steps={macro.steps} /> : null}
          <Group mt="md" gap="xs" wrap="nowrap">
            {manage}
            <Button variant="default" ms="auto" onClick={close}>
              {t("common.cancel")}
            </Button>
            <Button disabled={!macro} loading={run.isPending || isPending} onClick={start}>
              {t("macros.run")}
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  );
}
