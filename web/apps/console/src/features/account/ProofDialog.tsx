import { ApiError, type RecoveryCodesAnswer } from "@frontdesk/api";
import { PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { CodeInput } from "../../shared/second-factor/CodeInput.tsx";
import { RecoveryCodes } from "../../shared/second-factor/RecoveryCodes.tsx";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { useFailure } from "../../shared/ui/failure.ts";

const paths = {
  renew: "/v1/me/second-factor/recovery-codes",
  disable: "/v1/me/second-factor/removal",
} as const;

/** What is done by password and code: other recovery codes, or no second factor any more. */
export function ProofDialog({ deed, close }: { deed: keyof typeof paths; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { words } = useFailure();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const proof = useMutation({
    mutationFn: () =>
      http<RecoveryCodesAnswer | null>("POST", paths[deed], { body: { password, code } }),
    onError: () => setCode(""),
    onSuccess: (answer) => {
      void queries.invalidateQueries({ queryKey: ["second-factor"] });
      if (!answer) close();
    },
  });
  const title = t(deed === "renew" ? "secondFactor.renew" : "secondFactor.disable");
  if (proof.data) {
    return (
      <Dialog
        opened
        onClose={close}
        title={t("secondFactor.recoveryCodes")}
        closeOnClickOutside={false}
      >
        <RecoveryCodes codes={proof.data.recovery_codes} done={close} />
      </Dialog>
    );
  }
  const problem = proof.error ? words(proof.error) : undefined;
  const aboutPassword =
    proof.error instanceof ApiError && proof.error.wire.code === "auth.password-wrong";
  return (
    <FormDialog
      title={title}
      close={close}
      busy={proof.isPending}
      ready={password !== "" && code.trim() !== ""}
      submit={() => proof.mutate()}
    >
      <PasswordInput
        data-autofocus
        label={t("account.present")}
        value={password}
        error={aboutPassword ? problem : undefined}
        autoComplete="current-password"
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <CodeInput value={code} change={setCode} error={aboutPassword ? undefined : problem} />
    </FormDialog>
  );
}
