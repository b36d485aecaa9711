import type { Panel } from "@frontdesk/api";
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { contextQuery } from "../../../shared/api/panels.ts";
import { Failed } from "../../../shared/ui/Failed.tsx";
import styles from "./panels.module.css";

interface Props {
  readonly panel: Panel;
  readonly conversation: string;
}

/**
 * The page of another program. It is told whom it is about, at its own origin only, and nothing that it says is heard. A frame
 * belongs to one conversation, so that nobody ever reads the former customer's orders beside the next one.
 */
export function Frame({ panel, conversation }: Props) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  const [loaded, setLoaded] = useState(false);
  const query = useQuery(contextQuery(panel, conversation));
  const token = query.data?.token;
  const { origin } = panel;

  useEffect(() => {
    const page = frame.current?.contentWindow?.frames[0];
    if (loaded && token) page?.postMessage({ frontdesk: 1, type: "context", token }, origin);
  }, [loaded, token, origin]);

  if (query.isError && !query.data) {
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <div className={styles.place}>
      {loaded && token ? null : (
        <Loader size="sm" className={styles.waiting ?? ""} aria-label={t("common.loading")} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: that it has loaded is nobody's doing */}
      <iframe
        ref={frame}
        className={styles.frame}
        title={panel.name}
        src={panel.frame}
        referrerPolicy="no-referrer"
        onLoad={() => setLoaded(true)}
      />
    </div>
  );
}
