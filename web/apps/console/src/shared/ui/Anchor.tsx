import { hiddenHost } from "../format/hosts.ts";
import styles from "./ui.module.css";

/** A link out of here. The other side learns nothing of us, and the reader where it leads if its words hide that. */
export function Anchor({ href, words }: { href: string; words: string }) {
  const host = hiddenHost(words, href);
  return (
    <>
      <a href={href} title={href} target="_blank" rel="noopener noreferrer nofollow">
        {words}
      </a>
      {host ? <bdi className={styles.hidden}>{host}</bdi> : null}
    </>
  );
}
