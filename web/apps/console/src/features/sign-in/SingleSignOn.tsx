import type { Items } from "@frontdesk/api";
import { Button, Divider } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { asStranger } from "../../shared/session/session.ts";

interface Provider {
  readonly id: string;
  readonly name: string;
}

async function leaveFor(id: string): Promise<void> {
  const { pathname, search } = window.location;
  // Who was told that it failed is not told so again.
  const body = { return_to: search.includes("sso=") ? pathname : pathname + search };
  const { redirect_to } = await asStranger<{ redirect_to: string }>("POST", `/v1/auth/sso/${id}`, {
    body,
  });
  window.location.assign(redirect_to);
}

interface Props {
  readonly organization: string;
  readonly failed: (error: unknown) => void;
}

/** The buttons of the providers that let people of this organization in. */
export function SingleSignOn({ organization, failed }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["sso", organization],
    queryFn: ({ signal }) =>
      asStranger<Items<Provider>>(
        "GET",
        `/v1/auth/sso?organization=${encodeURIComponent(organization)}`,
        {
          signal,
        },
      ),
    enabled: organization !== "",
    retry: false,
  });
  const leave = useMutation({ mutationFn: leaveFor, onError: failed });
  if (!data?.items.length) return null;
  return (
    <>
      <Divider label={t("signIn.or")} />
      {data.items.map(({ id, name }) => (
        <Button
          key={id}
          size="md"
          variant="default"
          fullWidth
          loading={leave.isPending && leave.variables === id}
          onClick={() => leave.mutate(id)}
        >
          {t("signIn.by", { name })}
        </Button>
      ))}
    </>
  );
}
