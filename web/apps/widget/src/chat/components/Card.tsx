import { type CardBody, openable } from "@frontdesk/realtime";
import { Image } from "./Bubble.tsx";
import { useChanges, useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";
import { RichText } from "./RichText.tsx";

interface Props {
  body: CardBody;
  seq: number;
  /** Of the conversation that goes on: its buttons may be pressed. */
  live: boolean;
}

/** What staff or a bot shows, with buttons. A reply is said once: the log tells, on every device, what was said by a card. */
export function Card({ body, seq, live }: Props) {
  const { chat, t } = useShared();
  useChanges();
  const isSaid = (reply: string) =>
    [...(chat.conversation?.entries ?? []), ...chat.pending].some(
      ({ body: said }) =>
        "type" in said && said.type === "text" && said.quotes === seq && said.text === reply,
    );
  return (
    <div class="bubble card" dir="auto">
      {body.picture && <Image body={body.picture} />}
      <b>{body.title}</b>
      {body.text && (
        <p>
          <RichText text={body.text} />
        </p>
      )}
      {body.buttons?.map(({ label, link, reply }) => {
        if (!reply) {
          const href = openable(link ?? "");
          return (
            href && (
              <a
                class="chip"
                dir="auto"
                href={href}
                target="_blank"
                rel="noopener noreferrer nofollow"
              >
                {label}
                <Icon name="external" size={15} />
              </a>
            )
          );
        }
        const said = isSaid(reply);
        return (
          <button
            type="button"
            class="chip"
            dir="auto"
            aria-disabled={said || !live}
            onClick={() => live && !isSaid(reply) && chat.saying.sendText(reply, seq)}
          >
            {label}
            {said && <Icon name="check" size={15} />}
            {said && <span class="vh"> {t("message.sent")}</span>}
          </button>
        );
      })}
    </div>
  );
}
