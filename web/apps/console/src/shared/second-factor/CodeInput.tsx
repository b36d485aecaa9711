import { TextInput, type TextInputProps } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";

interface Props extends Pick<TextInputProps, "size" | "autoFocus" | "error"> {
  readonly value: string;
  readonly change: (value: string) => void;
}

/** Six digits, however they are spaced; phones and password managers know what it is. */
export function CodeInput({ value, change, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("secondFactor.code")}
      description={t("secondFactor.codeHint")}
      value={value}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={11}
      onChange={(event) => change(event.currentTarget.value)}
      {...rest}
    />
  );
}
