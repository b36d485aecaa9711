import type { Channel, ChannelLink as Link } from "@frontdesk/api";
import { Button, Center, CopyButton, Group, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { http } from "../../shared/session/session.ts";
import { Dialog } from "../../shared/ui/Dialog.tsx";
import { Failed } from "../../shared/ui/Failed.tsx";

/** Of the code, with its quiet border. */
const SIDE = 220;

/** The chat as a page of its own: to be sent, and to be printed. */
export function ChannelLink({ channel, close }: { channel: Channel; close: () => void }) {
  const { t } = useTranslation();
  const path = `/v1/channels/${channel.id}/link`;
  const { data, error, refetch } = useQuery({
    queryKey: ["channel-link", channel.id],
    queryFn: ({ signal }) => http<Link>("GET", path, { signal }),
  });
  return (
    <Dialog opened onClose={close} title={t("settings.link.title", { name: channel.name })}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("settings.link.hint")}
        </Text>
        {error ? <Failed error={error} retry={() => void refetch()} /> : null}
        {data ? (
          <TextInput
            label={t("settings.link.address")}
            value={data.address}
            readOnly
            dir="ltr"
            onFocus={(event) => event.currentTarget.select()}
          />
        ) : null}
        <Center>
          {data ? (
            <img src={data.picture} alt={t("settings.link.code")} width={SIDE} height={SIDE} />
          ) : (
            <Skeleton width={SIDE} height={SIDE} visible={!error} />
          )}
        </Center>
        {data ? (
          <Group justify="center">
            <CopyButton value={data.address}>
              {({ copied, copy }) => (
                <Button variant="default" data-autofocus onClick={copy}>
                  {t(copied ? "common.copied" : "settings.link.copy")}
                </Button>
              )}
            </CopyButton>
            <Button
              component="a"
              variant="default"
              href={data.picture}
              download={`${channel.code}.svg`}
            >
              {t("settings.link.download")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Dialog>
  );
}
