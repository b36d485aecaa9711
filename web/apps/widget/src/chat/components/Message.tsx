import type { Row } from "../model/timeline.ts";
import { clock } from "../text/time.ts";
import { Avatar } from "./Avatar.tsx";
import { Bubble } from "./Bubble.tsx";
import { Card } from "./Card.tsx";
import { Offers } from "./Chips.tsx";
import { useShared } from "./context.ts";
import { Helpful } from "./Helpful.tsx";
import { Icon } from "./Icon.tsx";
import { Menu, type MenuItem } from "./Menu.tsx";
import { nameOf, placeOf, Quote } from "./Quote.tsx";
import type { RowProps } from "./Rows.tsx";

export const RECALL_WITHIN = 2 * 60_000;

function Mark({ mark, at }: { mark: RowProps["mark"]; at: number }) {
  const { t } = useShared();
  if (!mark) return null;
  return (
    <p class={`mark ${mark}`}>
      <Icon name={mark === "sent" ? "check" : "checks"} size={15} />
      {t(`message.${mark}`)} · {clock(at, t.language)}
    </p>
  );
}

interface Props extends Omit<RowProps, "row"> {
  row: Extract<Row, { kind: "message" }>;
}

export function Message({ row, live, offers, mark, fresh }: Props) {
  const { chat, t } = useShared();
  const { entry, own, quoted } = row;
  const name = nameOf(entry, t);
  if (entry.recalled) {
    return <p class="row-system">{t(own ? "message.recalled_own" : "message.recalled")}</p>;
  }
  const { body } = entry;
  const text = body.type === "text" ? body.text : null;
  const items: MenuItem[] = [
    { icon: "reply", text: t("message.reply"), run: () => chat.saying.quote(entry.seq) },
  ];
  if (text) {
    items.push({
      icon: "copy",
      text: t("message.copy"),
      run: () => void navigator.clipboard?.writeText(text).catch(() => undefined),
    });
  }
  if (own && fresh) {
    const run = () => void chat.saying.recall(entry.seq);
    items.push({ icon: "undo", text: t("message.recall"), run });
  }
  const menu = live && <Menu label={t("message.menu")} icon="more" items={items} />;

  return (
    <article
      id={placeOf(entry)}
      tabIndex={-1}
      class={`message ${own ? "own" : "theirs"}${row.first ? " first" : ""}${row.last ? " last" : ""}`}
    >
      {!own && (
        <span class="face">
          {row.last && <Avatar name={name} url={row.avatar} bot={entry.sender.kind === "bot"} />}
        </span>
      )}
      <div class="message-body">
        <p class={own || !row.first ? "vh" : "message-name"}>{name}</p>
        <div class="message-line" title={clock(entry.at, t.language)}>
          {own && menu}
          {body.type === "card" ? (
            <Card body={body} seq={entry.seq} live={live} />
          ) : (
            <Bubble body={body} quote={quoted && <Quote entry={quoted} />} />
          )}
          {!own && menu}
        </div>
        {row.answer && offers && <Helpful seq={entry.seq} />}
        {body.type === "text" && offers && <Offers body={body} />}
        <Mark mark={mark} at={entry.at} />
      </div>
    </article>
  );
}
