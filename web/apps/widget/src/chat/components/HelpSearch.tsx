import { useEffect, useRef } from "preact/hooks";
import type { Hint } from "../model/help.ts";
import { useShared } from "./context.ts";
import { Hints } from "./HelpArticle.tsx";
import { Icon } from "./Icon.tsx";

interface Props {
  text: string;
  items: readonly Hint[] | null;
  failed: boolean;
  /** The article from which one comes back; it has the focus again. */
  from: string | null;
  onText: (text: string) => void;
  onPick: (id: string) => void;
}

/** A field, and the articles that fit what is in it. */
export function HelpSearch({ text, items, failed, from, onText, onPick }: Props) {
  const { t } = useShared();
  const sought = text.trim() !== "";
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when one comes back
  useEffect(
    () => list.current?.querySelector<HTMLElement>(`[data-article="${from}"]`)?.focus(),
    [],
  );
  return (
    <>
      <label class="help-search">
        <span class="vh">{t("help.search")}</span>
        <Icon name="search" size={18} />
        <input
          type="search"
          value={text}
          maxLength={200}
          placeholder={t("help.search")}
          enterkeyhint="search"
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </label>
      <div role="status">
        {failed && <p class="help-note">{t("help.failed")}</p>}
        {sought && items?.length === 0 && <p class="help-note">{t("help.nothing")}</p>}
        {sought && items && items.length > 0 && (
          <span class="vh">{t.count("help.found", items.length)}</span>
        )}
      </div>
      <div ref={list}>{items && <Hints items={items} onPick={onPick} />}</div>
    </>
  );
}
