import { ApiError, type FactorStatus, type PasskeyOptions } from "@frontdesk/api";
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { makePasskey, wasLeft } from "../../shared/passkeys/browser.ts";
import { CodeInput } from "../../shared/second-factor/CodeInput.tsx";
import { deviceName } from "../../shared/session/device.ts";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { useFailure } from "../../shared/ui/failure.ts";

const path = "/v1/me/passkeys";

/** By the password, and a code where an app is in use; then the browser asks for the rest. */
export function AddPasskey({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { words } = useFailure();
  const [name, setName] = useState(deviceName(navigator.userAgent));
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const { data: status } = useQuery({
    queryKey: ["second-factor"],
    queryFn: ({ signal }) => http<FactorStatus>("GET", "/v1/me/second-factor", { signal }),
  });
  const adding = useMutation({
    mutationFn: async () => {
      const asked = await http<PasskeyOptions>("POST", `${path}/challenge`, {
        body: { password, code },
      });
      const credential = await makePasskey(asked);
      await http("POST", path, { body: { name, credential } });
    },
    onError: () => setCode(""),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["passkeys"] });
      close();
    },
  });
  const { error } = adding;
  const problem = error ? (wasLeft(error) ? t("passkeys.left") : words(error)) : undefined;
  const aboutCode = error instanceof ApiError && error.wire.code === "auth.code-wrong";
  const ready = name.trim() !== "" && password !== "" && (!status?.enabled || code.trim() !== "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !adding.isPending) adding.mutate();
  };
  return (
    <Dialog opened onClose={close} title={t("passkeys.add")}>
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t("passkeys.name")}
            description={t("passkeys.nameHint")}
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            data-autofocus
            label={t("account.present")}
            description={t("secondFactor.passwordFirst")}
            value={password}
            error={aboutCode ? undefined : problem}
            autoComplete="current-password"
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {status?.enabled ? (
            <CodeInput value={code} change={setCode} error={aboutCode ? problem : undefined} />
          ) : null}
          <Button type="submit" ms="auto" disabled={!ready} loading={adding.isPending}>
            {t("secondFactor.next")}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
