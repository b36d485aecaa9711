import type { NewTranslationService, TranslationService as Service } from "@frontdesk/api";
import { Button, Code, CopyButton, Loader, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { useSave } from "../../shared/admin/useSave.ts";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { Failed } from "../../shared/ui/Failed.tsx";

const path = "/v1/translation/service";

/** The one time that the secret is shown. */
function Secret({ secret, close }: { secret: string; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={close} title={t("translationService.secret")}>
      <Code block>{secret}</Code>
      <Text size="sm" my="sm">
        {t("translationService.secretHint")}
      </Text>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <Button onClick={copy}>{t(copied ? "common.copied" : "common.copy")}</Button>
        )}
      </CopyButton>
    </Dialog>
  );
}

/** Which service of the organization's own translates, if any. */
export function TranslationService() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const [secret, setSecret] = useState("");
  const save = useSave("translation", (answer) => {
    setTyped(null);
    setSure(false);
    setSecret((answer as NewTranslationService | null)?.secret ?? "");
  });
  const query = useQuery({
    queryKey: ["translation", "service"],
    queryFn: ({ signal }) => http<Service>("GET", path, { signal }),
  });
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loader m="xl" size="sm" aria-label={t("common.loading")} />;
  const { url } = query.data;
  const shown = typed ?? url ?? "";
  return (
    <section className={styles.section}>
      <Text size="sm" c="dimmed" maw={640} mb="md">
        {t("translationService.hint")}
      </Text>
      <TextInput
        type="url"
        maw={640}
        label={t("translationService.url")}
        description={t("translationService.urlHint")}
        placeholder="https://translate.example.com/frontdesk"
        spellCheck={false}
        autoComplete="off"
        maxLength={1000}
        value={shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t("translationService.renew")}
      </Text>
      <div className={styles.sticky}>
        {url ? (
          <Button
            variant={sure ? "filled" : "default"}
            color="red"
            loading={save.isPending}
            onClick={() => (sure ? save.mutate([{ method: "DELETE", path }]) : setSure(true))}
          >
            {t(sure ? "translationService.sure" : "translationService.remove")}
          </Button>
        ) : null}
        <Button
          disabled={shown.trim() === ""}
          loading={save.isPending}
          onClick={() => save.mutate([{ method: "PUT", path, body: { url: shown.trim() } }])}
        >
          {t("common.save")}
        </Button>
      </div>
      {secret ? <Secret secret={secret} close={() => setSecret("")} /> : null}
    </section>
  );
}
