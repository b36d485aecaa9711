import { ApiError, type ImportReport } from "@frontdesk/api";
import { Alert, Button, FileButton, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { useFailure } from "../../shared/ui/failure.ts";

/** A file with mistakes is refused with the same report, in the error's details. */
function refusedReport({ wire }: ApiError): ImportReport | null {
  return wire.code === "knowledge.import" ? (wire.details as unknown as ImportReport) : null;
}

function Report({ report }: { report: ImportReport }) {
  const { t, i18n } = useTranslation();
  const { applied, created, updated, unchanged, problems } = report;
  return (
    <Alert
      mt="md"
      color={applied ? "teal" : "red"}
      title={t(applied ? "knowledge.imported" : "knowledge.notImported")}
      role="status"
    >
      {applied ? t("knowledge.counts", { created, updated, unchanged }) : null}
      {problems.length ? (
        <ul className={styles.problems}>
          {problems.slice(0, 50).map(({ line, code, message }) => {
            const known = `error.code.${code}`;
            // The server's English names what is wrong; other languages have our words for it.
            const ours = i18n.language !== "en" && i18n.exists(known);
            return (
              <li key={`${line}-${message}`}>
                <span>{t("knowledge.line", { line })}</span>
                <span>{ours ? t(known as "error.unknown") : message}</span>
              </li>
            );
          })}
        </ul>
      ) : null}
    </Alert>
  );
}

export function ImportDialog({ base, close }: { base: string; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { words } = useFailure();
  const send = useMutation({
    mutationFn: async (file: File) => {
      const body = new FormData();
      body.append("file", file);
      const path = `/v1/knowledge-bases/${base}/import`;
      try {
        return await http<ImportReport>("POST", path, { body });
      } catch (error) {
        const report = error instanceof ApiError ? refusedReport(error) : null;
        if (!report) throw error;
        return report;
      }
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["knowledge"] }),
  });
  const report = send.data;
  return (
    <Dialog opened onClose={close} title={t("knowledge.import")} size="lg">
      <p>{t("knowledge.importHint")}</p>
      <pre className={styles.code}>{t("knowledge.importExample")}</pre>
      {send.isError ? (
        <Alert mt="md" color="red" role="alert">
          {words(send.error)}
        </Alert>
      ) : null}
      {report ? <Report report={report} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={close}>
          {t("common.close")}
        </Button>
        <FileButton accept=".csv,text/csv" onChange={(file) => file && send.mutate(file)}>
          {(button) => (
            <Button {...button} loading={send.isPending}>
              {t("knowledge.chooseFile")}
            </Button>
          )}
        </FileButton>
      </Group>
    </Dialog>
  );
}
