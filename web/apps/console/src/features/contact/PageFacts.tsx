import type { Page } from "@frontdesk/realtime";
import { useTranslation } from "../../i18n/translation.tsx";
import { useChannelNames } from "../../shared/desk/channel.ts";
import { Address } from "./Address.tsx";
import styles from "./contact.module.css";

export function PageFacts({ page, channel }: { page: Page | null; channel: string | undefined }) {
  const { t } = useTranslation();
  const name = useChannelNames().get(channel ?? "");
  if (!name && !page?.url && !page?.referrer) return null;
  return (
    <section className={styles.section} aria-label={t("contact.where")}>
      {name ? (
        <div className={styles.fact}>
          <span className={styles.label}>{t("contact.channel")}</span>
          <bdi>{name}</bdi>
        </div>
      ) : null}
      {page?.url ? (
        <div className={styles.fact}>
          <span className={styles.label}>{t("contact.page")}</span>
          <Address address={page.url} title={page.title} />
        </div>
      ) : null}
      {page?.referrer ? (
        <div className={styles.fact}>
          <span className={styles.label}>{t("contact.referrer")}</span>
          <Address address={page.referrer} title="" />
        </div>
      ) : null}
    </section>
  );
}
