import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { asStranger } from "../../shared/session/session.ts";

/** There where mail can be sent. */
export function ForgottenLink({ go }: { go: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["password-reset"],
    queryFn: ({ signal }) =>
      asStranger<{ available: boolean }>("GET", "/v1/auth/password-reset", { signal }),
    retry: false,
  });
  if (!data?.available) return null;
  return (
    <Anchor component="button" type="button" size="sm" onClick={go}>
      {t("signIn.reset.forgotten")}
    </Anchor>
  );
}
