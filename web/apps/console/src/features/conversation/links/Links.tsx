import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "../../../shared/api/queries.ts";
import { Link } from "./Link.tsx";
import styles from "./links.module.css";

interface Props {
  readonly conversation: string;
  readonly seq: number;
  readonly links: readonly string[];
}

/** Under a message with links: what each leads to, for whoever asks. */
export function Links({ conversation, seq, links }: Props) {
  const { data } = useQuery(settingsQuery);
  if (!data?.settings.link_previews) return null;
  return (
    <div className={styles.links}>
      {links.map((link) => (
        <Link key={link} conversation={conversation} seq={seq} link={link} />
      ))}
    </div>
  );
}
