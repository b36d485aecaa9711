import type { Contact } from "@frontdesk/api";
import type { ReactNode } from "react";
import * as words from "../../i18n/en/contacts.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { dateTime } from "../../shared/format/time.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { Face } from "../../shared/ui/Face.tsx";
import { Changes } from "./Changes.tsx";
import { ContactTags } from "./ContactTags.tsx";
import styles from "./contact.module.css";
import { Duplicates } from "./Duplicates.tsx";
import { EarlierList } from "./EarlierList.tsx";
import { Facts } from "./Facts.tsx";
import { PageAttributes } from "./PageAttributes.tsx";
import { PageFacts } from "./PageFacts.tsx";
import { Track } from "./Track.tsx";

addEnglish(words);

interface Props {
  readonly contact: Contact;
  /** The conversation that is open beside it; it is not listed among the earlier ones. */
  readonly conversation?: string;
  /** By which the open conversation came in. */
  readonly channel?: string;
  readonly children?: ReactNode;
}

/** Everything that is known of somebody. What belongs to the open conversation stands behind the facts. */
export function Person({ contact, conversation, channel, children }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  return (
    <>
      <header className={styles.head}>
        <Face id={contact.id} name={contact.name} size={52} />
        <div>
          <h2>
            <bdi>{contact.name}</bdi>
          </h2>
          <p>
            {t("contact.visits", { count: contact.visits })} ·{" "}
            {t("contact.since", {
              date: dateTime(contact.first_seen_at, Date.now(), i18n.language),
            })}
          </p>
        </div>
      </header>
      <div className={styles.section}>
        <ContactTags contact={contact} />
      </div>
      {can(me, "contact.merge") ? <Duplicates key={contact.id} contact={contact} /> : null}
      <Facts contact={contact} />
      {children}
      <PageFacts page={contact.page} channel={channel} />
      <PageAttributes attributes={contact.page_attributes} />
      <EarlierList contact={contact.id} current={conversation} />
      <Track contact={contact.id} />
      <Changes contact={contact.id} />
    </>
  );
}
