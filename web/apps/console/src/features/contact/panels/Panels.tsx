import type { Panel } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { panelsQuery } from "../../../shared/api/panels.ts";
import { storage } from "../../../shared/storage.ts";
import styles from "../contact.module.css";
import { Frame } from "./Frame.tsx";

interface Props {
  readonly conversation: string;
}

/** Loaded once it is opened; what was open stays so in the next conversation. */
function Section({ panel, conversation }: Props & { readonly panel: Panel }) {
  const key = `frontdesk.panel.${panel.id}`;
  const [open, setOpen] = useState(() => storage.read(key) === "open");
  const change = (next: boolean) => {
    setOpen(next);
    storage.write(key, next ? "open" : null);
  };
  return (
    <details
      className={styles.section}
      open={open}
      onToggle={(event) => change(event.currentTarget.open)}
    >
      <summary>{panel.name}</summary>
      {open ? (
        <Frame key={panel.frame + panel.url} panel={panel} conversation={conversation} />
      ) : null}
    </details>
  );
}

/** Pages of the company's own programs, each about the customer of this conversation. */
export default function Panels({ conversation }: Props) {
  const { data } = useQuery(panelsQuery);
  return data?.map((panel) => <Section key={panel.id} panel={panel} conversation={conversation} />);
}
