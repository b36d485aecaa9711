import type { ConversationState } from "@frontdesk/realtime";
import { Component } from "preact";
import type { Row } from "../model/timeline.ts";
import { clock, day } from "../text/time.ts";
import { useShared } from "./context.ts";
import { Message } from "./Message.tsx";

function TimeRow({ at, newDay }: { at: number; newDay: boolean }) {
  const { chat, t } = useShared();
  const time = clock(at, t.language);
  return (
    <p class="row-time">
      <time dateTime={new Date(at).toISOString()}>
        {newDay ? `${day(at, chat.now(), t)} ${time}` : time}
      </time>
    </p>
  );
}

export interface RowProps {
  row: Row;
  live: boolean;
  offers: boolean;
  mark: "sent" | "delivered" | "read" | null;
  fresh: boolean;
}

function Plain({ row, ...rest }: RowProps) {
  const { t } = useShared();
  if (row.kind === "time") return <TimeRow at={row.at} newDay={row.newDay} />;
  if (row.kind === "message") return <Message row={row} {...rest} />;
  const { name = "" }: { name?: string | number } = row.values;
  return (
    <p class="row-system">{t(row.text, { ...row.values, name: name || t("system.someone") })}</p>
  );
}

/** Rows of a long list are only drawn again when they change. */
export class RowView extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const now = this.props;
    return (
      now.offers !== next.offers ||
      now.mark !== next.mark ||
      now.fresh !== next.fresh ||
      now.live !== next.live ||
      !same(now.row, next.row)
    );
  }

  override render() {
    return <Plain {...this.props} />;
  }
}

function same(a: Row, b: Row): boolean {
  if (a === b) return true;
  if (a.kind === "message" && b.kind === "message") {
    const drawn = a.first === b.first && a.last === b.last && a.avatar === b.avatar;
    return drawn && a.entry === b.entry && a.quoted === b.quoted;
  }
  return a.kind === b.kind && a.key === b.key;
}

/** How far the last message of the visitor's own has come. */
export function markOf(held: ConversationState, seq: number): RowProps["mark"] {
  const { read, received } = held.snapshot;
  if (read.agent >= seq) return "read";
  return received.agent >= seq ? "delivered" : "sent";
}
