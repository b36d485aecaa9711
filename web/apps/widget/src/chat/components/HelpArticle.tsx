import { useEffect, useRef } from "preact/hooks";
import type { Article, Hint } from "../model/help.ts";
import { useShared } from "./context.ts";
import { RichText } from "./RichText.tsx";

interface Pick {
  onPick: (id: string) => void;
}

/** Questions with how their answers begin. */
export function Hints({ items, onPick }: { items: readonly Hint[] } & Pick) {
  return (
    <ul class="help-list">
      {items.map(({ id, question, excerpt }) => (
        <li key={id}>
          <button type="button" data-article={id} onClick={() => onPick(id)}>
            <strong dir="auto">{question}</strong>
            <span dir="auto">{excerpt}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** One answer, with what is related to it. */
export function HelpArticle({ article, onPick }: { article: Article } & Pick) {
  const { t } = useShared();
  const head = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each article is read from its head
  useEffect(() => head.current?.focus(), [article.id]);
  return (
    <article class="help-article">
      <h2 tabIndex={-1} ref={head} dir="auto">
        {article.question}
      </h2>
      <div class="help-answer" dir="auto">
        <RichText text={article.answer} />
      </div>
      {article.related.length > 0 && (
        <>
          <h3>{t("message.related")}</h3>
          <Hints items={article.related} onPick={onPick} />
        </>
      )}
    </article>
  );
}
