import { TextInput } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";

interface Props {
  readonly value: string;
  readonly change: (value: string) => void;
}

/** Why one says no to a colleague who asks. */
export default function Reason({ value, change }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      size="xs"
      mt={6}
      maxLength={500}
      aria-label={t("asking.reason")}
      placeholder={t("asking.reason")}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
