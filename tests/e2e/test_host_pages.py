"""Pages that spoil what scripts are built of, pages that a framework draws, pages that listen; and what the chat costs them."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.main_thread import cost_of
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of, identities, say, tag

pytestmark = pytest.mark.xdist_group("e2e-host-pages")

ROOT = Path(__file__).parents[2]
SPOILED = """<script>
  window.seen = [];
  const spy = (on, name) => {
    const real = on[name];
    on[name] = function (...given) { seen.push(String(given[0])); return real.apply(this, given); };
  };
  spy(JSON, "parse"); spy(JSON, "stringify"); spy(Storage.prototype, "setItem");
  spy(MessagePort.prototype, "postMessage"); spy(window, "fetch");
  for (const name of ["value", "type", "frontdesk", "once", "signal", "channel", "identity", "kept", "mode"])
    Object.prototype[name] = "spoiled";
  Object.prototype.target = "#nowhere";
  Array.prototype.toJSON = () => "spoiled";
  Array.prototype.last = function () { return this[this.length - 1]; };
  Array.prototype.filter = Array.prototype.reduce = () => [];
  Function.prototype.bind = () => () => undefined;
</script>"""


def test_a_page_that_spoils_prototypes_has_a_chat_all_the_same_and_reads_nothing_of_it(
    site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(site.page(SPOILED + tag(server) + "<h1>Shop</h1>"))
    page.get_by_role("button", name="Chat with us").click()
    say(page, "my number is 4711")
    page.evaluate("Frontdesk.close()")
    expect(chat_of(page).get_by_role("log")).to_be_hidden()
    page.evaluate("Frontdesk.open()")
    expect(chat_of(page).get_by_role("article").filter(has_text="4711")).to_have_count(1)
    assert "4711" not in json.dumps(page.evaluate("seen.concat([])"))


def test_a_window_that_opened_the_chat_cannot_steer_it(
    site: Site, server: ServerProcess, context: BrowserContext
) -> None:
    """Whoever has the window may send what it likes, also in the name of the page around that there is not."""
    page = context.new_page()
    page.goto(site.page("<h1>Not a shop</h1>"))
    address = f"{server.url}/widget/chat.html?channel={CHANNEL}&language=en&parent={site.url}"
    with context.expect_page() as opened:
        page.evaluate("address => { window.chat = open(address); }", address)
    chat = opened.value
    chat.get_by_role("textbox").first.fill("still here")
    chat.get_by_role("textbox").first.press("Enter")
    expect(chat.get_by_role("article").filter(has_text="still here")).to_have_count(1)
    for message in ({"type": "logout"}, {"type": "identify", "identity": "a.b.c"}, {"type": "close"}):
        page.evaluate("message => window.chat.postMessage({frontdesk: 1, ...message}, '*')", message)
    chat.reload()
    expect(chat.get_by_role("article").filter(has_text="still here")).to_have_count(1)


def bundled(source: str, folder: Path) -> str:
    """The page's script with React in it, made as a shop's own build would make it; its types are checked as well."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Chat.tsx").write_text(source, encoding="utf-8")
    (folder / "main.tsx").write_text(
        """import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { Chat } from "./Chat.tsx";

function Shop() {
  const [identity, setIdentity] = useState(location.hash.slice(1));
  return (
    <>
      <button type="button" onClick={() => setIdentity(identity ? "" : location.hash.slice(1))}>Sign out</button>
      {identity && <Chat identity={identity} />}
    </>
  );
}

const place = document.getElementById("shop");
if (place) createRoot(place).render(<StrictMode><Shop /></StrictMode>);
""",
        encoding="utf-8",
    )
    types = [
        *(
            "--noEmit",
            "--strict",
            "--jsx",
            "react-jsx",
            "--module",
            "esnext",
            "--moduleResolution",
            "bundler",
        ),
        *("--target", "es2022", "--allowImportingTsExtensions", "--customConditions", "frontdesk-source"),
        *("--skipLibCheck", str(folder / "main.tsx")),
    ]
    web = ROOT / "web"
    checked = subprocess.run(
        [web / "node_modules/.bin/tsc", *types], cwd=web, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    program = """
      import { rolldown } from "rolldown";
      const build = await rolldown({ input: process.argv[1], resolve: { conditionNames: ["frontdesk-source", "import"] } });
      const made = await build.generate({ format: "iife", banner: "var process = {env: {NODE_ENV: 'development'}};" });
      process.stdout.write(made.output[0].code);
    """
    made = subprocess.run(
        ["node", "--input-type=module", "-e", program, str(folder / "main.tsx")],
        cwd=web,
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout


def test_the_example_for_react_is_right_and_takes_the_chat_away_with_its_component(
    site: Site, server: ServerProcess, desk: Desk, context: BrowserContext
) -> None:
    page_of_docs = (ROOT / "docs/widget.md").read_text(encoding="utf-8")
    found = re.search(r"```tsx\n(.*?)```", page_of_docs, re.DOTALL)
    assert found is not None
    source = found[1].replace("https://desk.example.com", server.url).replace("spring-shop", CHANNEL)
    script = bundled(source, ROOT / "web/node_modules/.cache/react-example")
    site.page(script, "/shop.js")
    site.pages["/shop.js"] = (script, {"content-type": "text/javascript"})
    page = context.new_page()
    amy = identities(desk)("amy")
    page.goto(site.page('<div id="shop"></div><script src="/shop.js"></script>') + f"#{amy}")
    page.get_by_role("button", name="Chat with us").click()
    say(page, "from a React page")
    expect(page.locator("frontdesk-widget")).to_have_count(1)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("frontdesk-widget")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    page.evaluate("Frontdesk.open()")
    expect(chat_of(page).get_by_role("article").filter(has_text="from a React page")).to_have_count(1)


MOST_MILLISECONDS = 50


@pytest.mark.parametrize("greeting", ["", "Can I help you?"])
def test_the_page_around_loses_no_time_and_nothing_moves_before_a_click_and_after_it(
    site: Site, server: ServerProcess, browser: Browser, context: BrowserContext, greeting: str
) -> None:
    watch = """<script>window.moved = 0;
      new PerformanceObserver(l => { for (const e of l.getEntries()) moved += e.value; })
        .observe({type: 'layout-shift', buffered: true});
      </script><h1>Shop</h1>"""
    page = context.new_page()
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if request.url.startswith(server.url) else None
    )
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
    source = f"{server.url}/widget.js"
    with cost_of(source, browser, page) as cost:
        page.goto(site.page(watch + tag(server, f'data-greeting="{greeting}"' if greeting else "")))
        if greeting:
            expect(page.get_by_text(greeting)).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert asked == [source]
        page.get_by_role("button", name="Chat with us").last.click()
        say(page, "How much is shipping?")
        page.evaluate("Frontdesk.close()")
    assert fonts == []
    assert page.evaluate("moved") == 0
    assert 0 < cost.milliseconds <= MOST_MILLISECONDS


def test_a_script_that_takes_time_of_the_page_is_found_out(
    site: Site, server: ServerProcess, browser: Browser, context: BrowserContext
) -> None:
    """So that the test before this one says something."""
    slow = "for (let end = performance.now() + 200; performance.now() < end; );"
    page = context.new_page()
    page.route("**/widget.js", lambda route: route.fulfill(content_type="text/javascript", body=slow))
    with cost_of(f"{server.url}/widget.js", browser, page) as cost:
        page.goto(site.page(tag(server)))
        page.wait_for_load_state("networkidle")
    assert cost.milliseconds > MOST_MILLISECONDS
