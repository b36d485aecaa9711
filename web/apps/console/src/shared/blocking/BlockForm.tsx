import { Radio, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../admin/FormDialog.tsx";
import { useSave } from "../admin/useSave.ts";

const spans = ["s1800", "s3600", "s43200", "s86400", "s604800", "s2592000"] as const;

interface Props {
  /** Beside a conversation, whom it is about; without one a network is asked for. */
  readonly contact?: { readonly id: string; readonly address: boolean };
  readonly close: () => void;
}

/** Whom to keep out, for how long and why. */
export function BlockForm({ contact, close }: Props) {
  const { t } = useTranslation();
  const save = useSave("blocks", close);
  const [whom, setWhom] = useState<"contact_id" | "address_of">("contact_id");
  const [network, setNetwork] = useState("");
  const [span, setSpan] = useState<string>("s86400");
  const [reason, setReason] = useState("");
  const body = {
    [contact ? whom : "network"]: contact?.id ?? network.trim(),
    duration_s: span === "forever" ? null : Number(span.slice(1)),
    reason: reason.trim(),
  };
  return (
    <FormDialog
      title={t("blocking.title")}
      close={close}
      busy={save.isPending}
      send={t("blocking.submit")}
      ready={contact !== undefined || network.trim() !== ""}
      submit={() => save.mutate([{ method: "POST", path: "/v1/blocks", body }])}
    >
      {contact ? (
        <Radio.Group
          label={t("blocking.whom")}
          value={whom}
          onChange={(value) => setWhom(value as typeof whom)}
        >
          <Radio mt="xs" value="contact_id" label={t("blocking.contact")} />
          <Radio
            mt="xs"
            value="address_of"
            label={t("blocking.address")}
            disabled={!contact.address}
          />
        </Radio.Group>
      ) : (
        <TextInput
          data-autofocus
          label={t("blocking.network")}
          description={t("blocking.networkHint")}
          maxLength={64}
          value={network}
          onChange={(event) => setNetwork(event.currentTarget.value)}
        />
      )}
      <Select
        label={t("blocking.duration")}
        allowDeselect={false}
        data={[
          ...spans.map((each) => ({ value: each as string, label: t(`blocking.for.${each}`) })),
          { value: "forever", label: t("blocking.forever") },
        ]}
        value={span}
        onChange={(value) => setSpan(value ?? span)}
      />
      <TextInput
        label={t("blocking.reason")}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p>{t("blocking.ends")}</p>
    </FormDialog>
  );
}
