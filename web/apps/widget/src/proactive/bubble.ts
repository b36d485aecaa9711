import { type Language, texts } from "../loader/texts.ts";

const style = `
.greet{position:fixed;bottom:calc(var(--e) + 70px);z-index:2147483000;display:flex;width:max-content;max-width:min(280px,calc(100vw - 40px));border-radius:14px;background:Canvas;color:CanvasText;box-shadow:0 0 0 1px rgba(128,128,128,.15),0 8px 40px rgba(9,18,44,.24);animation:in .2s ease-out}
.greet button{border:0;border-radius:14px;background:none;color:inherit;font:15px/1.4 system-ui,sans-serif;text-align:start;overflow-wrap:anywhere;cursor:pointer}
.greet button:focus-visible{outline:3px solid #fff;outline-offset:-5px;box-shadow:0 0 0 3px var(--c),0 0 0 5px #fff}
.say{padding-block:12px;padding-inline:16px 0}
.greet .away{flex:none;width:44px;min-height:44px;font-size:20px;text-align:center}
@media (forced-colors:active){.greet{border:2px solid}}`;

/** Constructed sheets pass a page's strict CSP; a style element is only the fallback. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const element = document.createElement("style");
    element.textContent = style;
    root.append(element);
  }
}

function press(name: string, label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = name;
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}

/** Says something above the button, until it is put away or leads into the chat; returns what takes it off again. */
export function bubble(
  root: HTMLElement,
  { language, text }: { language: Language; text: string },
  open: () => void,
  away: () => void,
): () => void {
  const box = document.createElement("div");
  const remove = () => box.remove();
  const dismiss = press("away", "×", () => {
    remove();
    away();
  });
  dismiss.setAttribute("aria-label", texts[language].close);
  box.className = "greet";
  box.append(
    press("say", text, () => open()),
    dismiss,
  );
  dress(root.getRootNode() as ShadowRoot);
  root.append(box);
  return remove;
}
