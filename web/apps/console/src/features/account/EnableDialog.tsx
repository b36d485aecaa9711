import type { FactorOffer, RecoveryCodesAnswer } from "@frontdesk/api";
import { Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { AppSetup } from "../../shared/second-factor/AppSetup.tsx";
import { RecoveryCodes } from "../../shared/second-factor/RecoveryCodes.tsx";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { useFailure } from "../../shared/ui/failure.ts";

const path = "/v1/me/second-factor";

/** The password, then the app and a code of it, then the recovery codes. */
export function EnableDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { words } = useFailure();
  const [password, setPassword] = useState("");
  const offer = useMutation({
    mutationFn: () => http<FactorOffer>("POST", path, { body: { password } }),
  });
  const confirm = useMutation({
    mutationFn: (code: string) =>
      http<RecoveryCodesAnswer>("POST", `${path}/confirmation`, { body: { code } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["second-factor"] }),
  });
  const problem = (error: unknown) => (error ? words(error) : undefined);
  const done = confirm.data !== undefined;
  return (
    <Dialog
      opened
      onClose={close}
      title={t(done ? "secondFactor.recoveryCodes" : "secondFactor.enable")}
      closeOnClickOutside={!done}
    >
      {confirm.data ? <RecoveryCodes codes={confirm.data.recovery_codes} done={close} /> : null}
      {offer.data && !done ? (
        <AppSetup
          offer={offer.data}
          busy={confirm.isPending}
          error={problem(confirm.error)}
          confirm={(code) => confirm.mutate(code)}
        />
      ) : null}
      {offer.data ? null : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (password) offer.mutate();
          }}
        >
          <Stack gap="sm">
            <PasswordInput
              data-autofocus
              label={t("account.present")}
              description={t("secondFactor.passwordFirst")}
              value={password}
              error={problem(offer.error)}
              autoComplete="current-password"
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" ms="auto" loading={offer.isPending} disabled={!password}>
              {t("secondFactor.next")}
            </Button>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
