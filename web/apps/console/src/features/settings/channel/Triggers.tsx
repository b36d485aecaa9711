import {
  ActionIcon,
  Button,
  Fieldset,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import type { PartProps } from "./ChannelForm.tsx";
import { type ChannelDraft, tongues } from "./draft.ts";

type Trigger = ChannelDraft["widget"]["triggers"][number];

const MOST = 10;
const fresh: Trigger = {
  act: "say",
  says: { "zh-CN": "", en: "" },
  page: "",
  referrer: "",
  seconds: 15,
  scroll: 0,
  returning: false,
};

interface Props {
  readonly number: number;
  readonly trigger: Trigger;
  readonly put: (part: Partial<Trigger>) => void;
  readonly remove: () => void;
}

function TriggerFields({ number, trigger, put, remove }: Props) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t("settings.triggers.one", { number })}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label={t("settings.triggers.act")}
            data={(["say", "open"] as const).map((value) => ({
              value,
              label: t(`settings.triggers.acts.${value}`),
            }))}
            value={trigger.act}
            onChange={(act) => put({ act: act as Trigger["act"] })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("settings.triggers.remove", { number })}
            onClick={remove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
        {tongues.map((tongue) => (
          <TextInput
            key={tongue}
            label={t(`settings.triggers.says.${tongue}`)}
            maxLength={200}
            value={trigger.says[tongue]}
            onChange={(event) =>
              put({ says: { ...trigger.says, [tongue]: event.currentTarget.value } })
            }
          />
        ))}
        {(["page", "referrer"] as const).map((part) => (
          <TextInput
            key={part}
            label={t(`settings.triggers.${part}`)}
            placeholder={part === "page" ? "/pricing" : "example.com"}
            maxLength={200}
            spellCheck={false}
            value={trigger[part]}
            onChange={(event) => put({ [part]: event.currentTarget.value })}
          />
        ))}
        <Group grow>
          {(["seconds", "scroll"] as const).map((part) => (
            <NumberInput
              key={part}
              label={t(`settings.triggers.${part}`)}
              min={0}
              max={part === "seconds" ? 3600 : 100}
              allowDecimal={false}
              clampBehavior="strict"
              value={trigger[part]}
              onChange={(value) => put({ [part]: Number(value) || 0 })}
            />
          ))}
        </Group>
        <Switch
          label={t("settings.triggers.returning")}
          checked={trigger.returning}
          onChange={(event) => put({ returning: event.currentTarget.checked })}
        />
      </Stack>
    </Fieldset>
  );
}

/** What the button does by itself, and how often at most. */
export function Triggers({ draft, set }: PartProps) {
  const { t } = useTranslation();
  const { widget } = draft;
  const { triggers } = widget;
  const put = (next: readonly Trigger[]) => set({ widget: { ...widget, triggers: [...next] } });
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t("settings.triggers.hint")}
      </Text>
      {triggers.map((trigger, at) => (
        <TriggerFields
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no name of their own, and keep their order
          key={at}
          number={at + 1}
          trigger={trigger}
          put={(part) =>
            put(triggers.map((each, place) => (place === at ? { ...each, ...part } : each)))
          }
          remove={() => put(triggers.filter((_, place) => place !== at))}
        />
      ))}
      <Group justify="space-between" align="flex-end">
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={triggers.length >= MOST}
          onClick={() => put([...triggers, fresh])}
        >
          {t("settings.triggers.add")}
        </Button>
        {triggers.length > 0 ? (
          <NumberInput
            label={t("settings.triggers.aDay")}
            min={1}
            max={10}
            allowDecimal={false}
            clampBehavior="strict"
            value={widget.a_day}
            onChange={(value) => set({ widget: { ...widget, a_day: Number(value) || 1 } })}
          />
        ) : null}
      </Group>
    </Stack>
  );
}
