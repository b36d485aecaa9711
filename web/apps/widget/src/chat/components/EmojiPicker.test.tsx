import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it } from "vitest";
import { SharedContext } from "./context.ts";
import { EmojiPicker } from "./EmojiPicker.tsx";

const place = document.createElement("div");
document.body.append(place);

function shown(): HTMLButtonElement[] {
  const shared = { t: (key: string) => key } as never;
  act(() =>
    render(
      <SharedContext.Provider value={shared}>
        <EmojiPicker onPick={() => undefined} onClose={() => undefined} />
      </SharedContext.Provider>,
      place,
    ),
  );
  return [...place.querySelectorAll("button")];
}

afterEach(() => render(null, place));

it("keeps the place that arrows have reached when the chat is drawn again", () => {
  const [first, second] = shown();
  expect(document.activeElement).toBe(first);
  second?.focus();
  shown();
  expect(document.activeElement).toBe(second);
});
