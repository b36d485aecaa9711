import type { PasskeyOptions, PasskeysOffer } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { hasPasskeys, showPasskey, wasLeft } from "../../shared/passkeys/browser.ts";
import { asStranger, signIn } from "../../shared/session/session.ts";
import type { Attempt } from "./step.ts";

const path = "/v1/auth/passkey";

/** There where passkeys work: in this browser, at this address. */
export function PasskeyButton({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const { data } = useQuery({
    queryKey: ["passkeys-here"],
    queryFn: ({ signal }) => asStranger<PasskeysOffer>("GET", path, { signal }),
    enabled: hasPasskeys,
  });
  if (!data?.available) return null;
  const show = async () => {
    setBusy(true);
    await attempt(async () => {
      const asked = await asStranger<PasskeyOptions>("POST", `${path}/challenge`);
      try {
        return await signIn(path, { credential: await showPasskey(asked) });
      } catch (error) {
        if (wasLeft(error)) return null;
        throw error;
      }
    });
    setBusy(false);
  };
  return (
    <Button
      variant="default"
      size="md"
      fullWidth
      loading={busy}
      leftSection={<IconKey size={18} />}
      onClick={show}
    >
      {t("passkeys.signIn")}
    </Button>
  );
}
