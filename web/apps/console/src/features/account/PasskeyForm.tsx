import type { Passkey } from "@frontdesk/api";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";

/** Another name for a passkey, or none of it any more. */
export function PasskeyForm({ passkey, close }: { passkey: Passkey; close: () => void }) {
  const { t } = useTranslation();
  const save = useSave("passkeys", close);
  const [name, setName] = useState(passkey.name);
  const path = `/v1/me/passkeys/${passkey.id}`;
  return (
    <FormDialog
      title={passkey.name}
      close={close}
      busy={save.isPending}
      ready={name.trim() !== ""}
      submit={() => save.mutate([{ method: "PATCH", path, body: { name } }])}
      remove={() => save.mutate([{ method: "DELETE", path }])}
    >
      <TextInput
        data-autofocus
        label={t("passkeys.name")}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
