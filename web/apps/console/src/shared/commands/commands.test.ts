import { afterEach, describe, expect, it, vi } from "vitest";
import { chordOf, keyboard } from "./keys.ts";
import { caps, commands } from "./table.ts";

const press = (key: string, more: KeyboardEventInit = {}) =>
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });

function setUp(html = "") {
  document.body.innerHTML = html;
  const run = vi.fn(() => true);
  let time = 0;
  const listen = keyboard({ run, now: () => time });
  document.addEventListener("keydown", listen);
  stop = () => document.removeEventListener("keydown", listen);
  return { run, wait: (ms: number) => (time += ms) };
}
let stop = () => {};
afterEach(() => stop());

describe("the table of keys", () => {
  it("gives no key twice, and no key that begins another way", () => {
    const ways = commands.flatMap(({ keys }) => keys);
    expect(new Set(ways).size).toBe(ways.length);
    const leads = ways.flatMap((way) => (way.includes(" ") ? [way.split(" ")[0]] : []));
    expect(ways.filter((way) => leads.includes(way))).toEqual([]);
  });

  it("draws the keys of the machine one sits at", () => {
    expect(caps("mod+k", false)).toEqual(["Ctrl", "K"]);
    expect(caps("mod+k", true)).toEqual(["⌘", "K"]);
    expect(caps("g i", false)).toEqual(["G", "I"]);
  });

  it("reads ? as one key on every layout, and Shift with a letter as another", () => {
    const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: true };
    expect(chordOf({ key: "?", ...held }, false)).toBe("?");
    expect(chordOf({ key: "J", ...held }, false)).toBe("shift+j");
  });
});

describe("the keyboard", () => {
  it("runs a command, also one of two keys in a row", () => {
    const { run } = setUp();
    document.body.dispatchEvent(press("j"));
    document.body.dispatchEvent(press("g"));
    document.body.dispatchEvent(press("h"));
    expect(run.mock.calls.flat()).toEqual(["next", "history"]);
  });

  it("forgets the first of two keys after a while", () => {
    const { run, wait } = setUp();
    document.body.dispatchEvent(press("g"));
    wait(5000);
    document.body.dispatchEvent(press("y"));
    expect(run).not.toHaveBeenCalled();
  });

  it("leaves writing alone, whatever is written", () => {
    const { run } = setUp("<textarea></textarea><div contenteditable='true'><p>x</p></div>");
    for (const field of document.querySelectorAll("textarea,p")) {
      for (const key of ["j", "e", "t", "g", "h", "?", "p", "/", "Enter"]) {
        field.dispatchEvent(press(key));
      }
    }
    expect(run).not.toHaveBeenCalled();
    document.querySelector("textarea")?.dispatchEvent(press("k", { ctrlKey: true }));
    document.querySelector("textarea")?.dispatchEvent(press("ArrowDown", { altKey: true }));
    expect(run.mock.calls.flat()).toEqual(["palette", "next"]);
  });

  it("leaves an open dialog, a composition and what is taken already alone", () => {
    const { run } = setUp("<div role='dialog'></div>");
    document.body.dispatchEvent(press("j"));
    document.body.innerHTML = "";
    document.body.dispatchEvent(press("j", { isComposing: true }));
    const taken = press("j");
    taken.preventDefault();
    document.body.dispatchEvent(taken);
    document.body.dispatchEvent(press("j", { metaKey: true }));
    expect(run).not.toHaveBeenCalled();
  });

  it("is not kept from its work by the closed list of a choice, which stays in the page unseen", () => {
    const { run } = setUp("<div style='display: none'><div role='listbox'></div></div>");
    document.body.dispatchEvent(press("j"));
    expect(run).toHaveBeenCalledWith("next");
  });
});
