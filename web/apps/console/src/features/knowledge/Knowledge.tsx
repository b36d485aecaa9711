import { Button, Group, Select } from "@mantine/core";
import {
  IconArrowsExchange,
  IconBook2,
  IconFileImport,
  IconMessageQuestion,
  IconPlus,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { Page } from "../../shared/admin/Page.tsx";
import { knowledgeBasesQuery } from "../../shared/api/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { BaseForm } from "./BaseForm.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { Questions } from "./Questions.tsx";
import { TryBox } from "./TryBox.tsx";

const HandoverForm = lazy(() => import("./HandoverForm.tsx"));

export function Knowledge() {
  const { t } = useTranslation();
  const query = useQuery(knowledgeBasesQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const [dialog, setDialog] = useState<"base" | "rename" | "import" | "try" | "handover" | null>(
    null,
  );
  const bases = query.data ?? [];
  const base = bases.find(({ id }) => id === chosen) ?? bases[0];
  const add = (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<IconArrowsExchange size={16} />}
        onClick={() => setDialog("handover")}
      >
        {t("handover.open")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPlus size={16} />}
        onClick={() => setDialog("base")}
      >
        {t("knowledge.addBase")}
      </Button>
    </Group>
  );
  return (
    <Page title={t("shell.knowledge")} hint={t("knowledge.hint")} actions={add}>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && !base ? (
        <Nothing icon={<IconBook2 size={28} />} title={t("knowledge.noBase")}>
          {t("knowledge.noBaseHint")}
        </Nothing>
      ) : null}
      {base ? (
        <>
          <div className={styles.tools}>
            <Select
              aria-label={t("shell.knowledge")}
              allowDeselect={false}
              data={bases.map(({ id, name, questions }) => ({
                value: id,
                label: t("knowledge.baseName", { name, count: questions }),
              }))}
              value={base.id}
              onChange={setChosen}
              miw={240}
            />
            <Button variant="subtle" onClick={() => setDialog("rename")}>
              {t("common.edit")}
            </Button>
            <Button
              variant="subtle"
              leftSection={<IconFileImport size={16} />}
              onClick={() => setDialog("import")}
            >
              {t("knowledge.import")}
            </Button>
            <Button
              variant="subtle"
              leftSection={<IconMessageQuestion size={16} />}
              onClick={() => setDialog("try")}
            >
              {t("knowledge.try")}
            </Button>
          </div>
          <Questions key={base.id} base={base.id} />
        </>
      ) : null}
      {dialog === "base" ? (
        <BaseForm base={null} close={() => setDialog(null)} done={setChosen} />
      ) : null}
      {dialog === "rename" && base ? (
        <BaseForm base={base} close={() => setDialog(null)} done={setChosen} />
      ) : null}
      {dialog === "handover" ? (
        <Suspense>
          <HandoverForm close={() => setDialog(null)} />
        </Suspense>
      ) : null}
      {dialog === "try" ? <TryBox close={() => setDialog(null)} /> : null}
      {dialog === "import" && base ? (
        <ImportDialog base={base.id} close={() => setDialog(null)} />
      ) : null}
    </Page>
  );
}
