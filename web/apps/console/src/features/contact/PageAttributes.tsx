import type { Contact } from "@frontdesk/api";
import { Text } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./contact.module.css";

/** What the page around the chat says of the customer. Nobody has signed it, and that stands beside it. */
export function PageAttributes({ attributes }: { attributes: Contact["page_attributes"] }) {
  const { t } = useTranslation();
  const said = Object.entries(attributes);
  if (said.length === 0) return null;
  const shown = (value: string | number | boolean) =>
    typeof value === "boolean" ? t(value ? "fields.yes" : "fields.no") : String(value);
  return (
    <section className={styles.section} aria-label={t("pageAttributes.title")}>
      <h3>{t("pageAttributes.title")}</h3>
      <Text size="xs" c="dimmed" mb={4}>
        {t("pageAttributes.hint")}
      </Text>
      {said.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <bdi className={styles.label}>{name}</bdi>
          <span>
            <bdi>{shown(value)}</bdi>
          </span>
        </div>
      ))}
    </section>
  );
}
