import type { LinkPreview } from "@frontdesk/api";
import { Button, Loader, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconEye } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { safeHref } from "../../../shared/format/links.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import styles from "./links.module.css";
import { previewQuery } from "./queries.ts";

interface Props {
  readonly conversation: string;
  readonly seq: number;
  readonly link: string;
}

/** What the page says of itself, under the host that it really came from. */
function Told({ preview, href }: { preview: LinkPreview; href: string }) {
  const { title, description, site, host } = preview;
  return (
    <a className={styles.card} href={href} target="_blank" rel="noopener noreferrer nofollow">
      <span className={styles.host}>
        <bdi>{host}</bdi>
        {site ? <bdi className={styles.site}>{site}</bdi> : null}
      </span>
      {title ? <bdi className={styles.title}>{title}</bdi> : null}
      {description ? <bdi className={styles.description}>{description}</bdi> : null}
    </a>
  );
}

function Untold({ words, again }: { words: string; again?: () => void }) {
  const { t } = useTranslation();
  return (
    <span className={styles.untold}>
      <IconAlertTriangle size={14} aria-hidden="true" /> {words}
      {again ? (
        <Button size="compact-xs" variant="subtle" onClick={again}>
          {t("common.retry")}
        </Button>
      ) : null}
    </span>
  );
}

/** The focus goes from the button to what stands in its place. */
function Answer({ children }: { children: ReactNode }) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={shown} tabIndex={-1} className={styles.answer} role="status">
      {children}
    </div>
  );
}

/** A button until somebody presses it: only then is the page fetched, by the server, and never by this browser. */
export function Link({ conversation, seq, link }: Props) {
  const { t } = useTranslation();
  const { words } = useFailure();
  const [asked, setAsked] = useState(false);
  const { data, error, refetch } = useQuery(previewQuery(conversation, seq, link, asked));
  const href = safeHref(link);
  if (!href) return null;
  const host = new URL(href).hostname;
  if (!asked && !data) {
    return (
      <UnstyledButton className={styles.ask} onClick={() => setAsked(true)}>
        <IconEye size={14} aria-hidden="true" /> {t("conversation.preview.name")} ·{" "}
        <bdi>{host}</bdi>
      </UnstyledButton>
    );
  }
  if (!data && !error) {
    return (
      <span className={styles.untold}>
        <Loader size={12} /> {t("conversation.preview.asking", { host })}
      </span>
    );
  }
  return (
    <Answer>
      {data && !data.problem ? <Told preview={data} href={href} /> : null}
      {data?.problem ? (
        <Untold words={t(`conversation.preview.problem.${data.problem}`, { host })} />
      ) : null}
      {error ? <Untold words={words(error)} again={() => void refetch()} /> : null}
    </Answer>
  );
}
