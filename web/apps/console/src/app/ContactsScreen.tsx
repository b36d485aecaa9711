import { useNavigate, useSearch } from "@tanstack/react-router";
import { ContactPane } from "../features/contact/ContactPane.tsx";
import { Contacts } from "../features/contacts/Contacts.tsx";
import { talk } from "../i18n/en/talk.ts";
import { addEnglish } from "../i18n/i18n.ts";
import { can } from "../shared/session/permissions.ts";
import { useMe } from "../shared/session/session.ts";
import { useMedium } from "../shared/ui/useWide.ts";
import { NotFound } from "./NotFound.tsx";
import styles from "./panes.module.css";

addEnglish(talk);

/** The list, and beside it whom one has opened; as pages where there is no room. */
export function ContactsScreen() {
  const me = useMe();
  const navigate = useNavigate();
  const medium = useMedium();
  const search = useSearch({ from: "/contacts" });
  const { open } = search;
  if (!can(me, "contact.read")) return <NotFound />;
  const pane = open ? (
    <div className={styles.sidePane}>
      <ContactPane
        key={open}
        id={open}
        back={() => void navigate({ to: "/contacts", search: { ...search, open: undefined } })}
      />
    </div>
  ) : null;
  if (!medium && pane) return pane;
  return (
    <div className={styles.panes}>
      <Contacts
        search={search}
        change={({ q, tag, vip }) =>
          void navigate({ to: "/contacts", search: { ...search, q, tag, vip }, replace: true })
        }
        opened={open}
      />
      {pane}
    </div>
  );
}
