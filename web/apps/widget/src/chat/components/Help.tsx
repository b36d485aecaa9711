import "../styles/help.css";
import { useRef, useState } from "preact/hooks";
import type { Article } from "../model/help.ts";
import { useShared } from "./context.ts";
import { HelpArticle } from "./HelpArticle.tsx";
import { HelpSearch } from "./HelpSearch.tsx";
import { Icon } from "./Icon.tsx";
import { Sheet } from "./Sheet.tsx";
import { useFound } from "./useFound.ts";

/** Articles to find and read before asking; the way to a person is always there. */
export function Help() {
  const { chat, t } = useShared();
  const [text, setText] = useState("");
  const [article, setArticle] = useState<Article | null>(null);
  const [lost, setLost] = useState(false);
  /** The article that was chosen from the list. */
  const [from, setFrom] = useState<string | null>(null);
  const wanted = useRef("");
  const words = text.trim();
  const found = useFound(words);

  function read(id: string): void {
    setLost(false);
    wanted.current = id;
    chat.api.article(id).then(
      (answer) => wanted.current === id && setArticle(answer.article),
      () => wanted.current === id && setLost(true),
    );
  }

  function close(): void {
    setLost(false);
    wanted.current = "";
    if (article) setArticle(null);
    else chat.over.showForm(null);
  }

  /** What was looked for is said, so that nobody has to write it twice. */
  function ask(): void {
    chat.over.showForm(null);
    const tried = article ? t("help.read", { question: article.question }) : "";
    const said = [words, tried].filter(Boolean).join("\n");
    if (said) chat.saying.sendText(said);
    if (!chat.asks) void chat.requests.human();
  }

  return (
    <Sheet title={t("help.title")} back={t(article ? "help.back" : "leave.back")} onClose={close}>
      {article ? (
        <HelpArticle article={article} onPick={read} />
      ) : (
        <HelpSearch
          text={text}
          items={words ? found.items : chat.help.first}
          failed={found.failed}
          from={from}
          onText={setText}
          onPick={(id) => {
            setFrom(id);
            read(id);
          }}
        />
      )}
      {lost && (
        <p class="error" role="alert">
          {t("help.failed")}
        </p>
      )}
      <div class="help-ask">
        <p>{t("help.unhelpful")}</p>
        <button type="button" class="button" onClick={ask}>
          <Icon name="human" size={18} />
          {t("help.ask")}
        </button>
      </div>
    </Sheet>
  );
}
