import type { Entry, Snapshot } from "@frontdesk/realtime";
import { useQuery } from "@tanstack/react-query";
import { memo, useMemo } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { settingsQuery } from "../../../shared/api/queries.ts";
import { dayName } from "../../../shared/format/time.ts";
import { translationQuery } from "../translation/queries.ts";
import { blocksOf, entriesFrom, type Line, linesOf, markOf } from "./lines.ts";
import { MessageLine } from "./MessageLine.tsx";
import { NoteLine } from "./NoteLine.tsx";
import { SystemLine } from "./SystemLine.tsx";
import styles from "./transcript.module.css";

function Day({ at }: { at: number }) {
  const { t, i18n } = useTranslation();
  const words = { today: t("common.today"), yesterday: t("common.yesterday") };
  return <h3 className={styles.day}>{dayName(at, Date.now(), i18n.language, words)}</h3>;
}

interface BlockProps {
  readonly lines: readonly Line[];
  readonly snapshot: Snapshot;
  readonly found: number | undefined;
  readonly recall: number;
  readonly translates: boolean;
}

function sameLine(a: Line, b: Line | undefined): boolean {
  if (a.key !== b?.key || a.type !== b.type) return false;
  if (a.type === "day" || b.type === "day") return true;
  const run =
    a.type !== "message" ||
    b.type !== "message" ||
    (a.first === b.first && a.last === b.last && a.quoted === b.quoted);
  return a.entry === b.entry && run;
}

/** Only what the lines of a block depend on; a header that changed elsewhere draws nothing again. */
function sameBlock(a: BlockProps, b: BlockProps): boolean {
  const [before, after] = [a.snapshot, b.snapshot];
  return (
    a.found === b.found &&
    a.recall === b.recall &&
    a.translates === b.translates &&
    before.contact === after.contact &&
    before.received.visitor === after.received.visitor &&
    before.read.visitor === after.read.visitor &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, index) => sameLine(line, b.lines[index]))
  );
}

/** A stretch of the log; one that is far from what is looked at costs no layout and no painting. */
const Block = memo(function Block({ lines, snapshot, found, recall, translates }: BlockProps) {
  const { received, read } = snapshot;
  return (
    <div className={styles.block}>
      {lines.map((line) => {
        switch (line.type) {
          case "day":
            return <Day key={line.key} at={line.at} />;
          case "system":
            return <SystemLine key={line.key} entry={line.entry} />;
          case "note":
            return (
              <NoteLine
                key={line.key}
                conversation={snapshot.id}
                entry={line.entry}
                found={line.seq === found}
              />
            );
          default: {
            const { entry, first, last, quoted } = line;
            const ours = entry.sender.kind === "agent";
            return (
              <MessageLine
                key={line.key}
                conversation={snapshot.id}
                contact={snapshot.contact}
                entry={entry}
                first={first}
                last={last}
                quoted={quoted}
                mark={ours ? markOf(entry.seq, received.visitor, read.visitor) : null}
                found={entry.seq === found}
                recall={recall}
                translates={translates}
              />
            );
          }
        }
      })}
    </div>
  );
}, sameBlock);

interface Props {
  readonly snapshot: Snapshot;
  readonly entries: readonly Entry[];
  readonly from: number;
  readonly found?: number | undefined;
}

/** The log from one entry on, in blocks that stay as they are while others are added. */
export function Lines({ snapshot, entries, from, found }: Props) {
  const recall = useQuery(settingsQuery).data?.settings.recall_window_s ?? 0;
  const translates = useQuery(translationQuery).data?.available ?? false;
  const blocks = useMemo(
    () => blocksOf(linesOf(entriesFrom(entries, from), entries)),
    [entries, from],
  );
  return blocks.map(({ key, lines }) => (
    <Block
      key={key}
      lines={lines}
      snapshot={snapshot}
      found={found}
      recall={recall}
      translates={translates}
    />
  ));
}
