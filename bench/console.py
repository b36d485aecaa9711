"""The console in Chromium, as its agent feels it: another conversation on the screen, and a letter in the composer.

200 conversations are open, with the newest 50 entries of each in memory. A switch is timed from the key to the first frame
in which the other conversation stands there whole. A letter is timed from the key to the text laid out: what the page itself
takes, without the wait for the screen's next frame.
"""

import asyncio
import shutil
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.async_api import Page, async_playwright

from bench.load import percentile
from bench.report import Report
from bench.servers import BOTH_CORES, frontdesk, pin_load
from bench.world import PASSWORD, World, config_for, make_world

CONVERSATIONS: Final = 200
MESSAGES: Final = 50
SWITCHES: Final = 60
WORDS: Final = (
    "Thank you for waiting. Your parcel left our warehouse this morning and comes tomorrow before noon. " * 2
)
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
# Both clocks begin with the event's own time: what kept the page from hearing of the key counts.
WATCH: Final = """
window.took = { switched: [], typed: [] };
const shown = () => {
  const thread = document.querySelector('article[aria-label]');
  return thread?.querySelector('[role=log] > *') ? thread.getAttribute('aria-label') : null;
};
addEventListener('keydown', (event) => {
  if (event.target.matches?.('textarea')) return;
  const before = shown();
  const look = () => {
    const now = shown();
    if (now === null || now === before) requestAnimationFrame(look);
    else {
      const frame = new MessageChannel();
      frame.port1.onmessage = () => window.took.switched.push(performance.now() - event.timeStamp);
      frame.port2.postMessage(null);
    }
  };
  requestAnimationFrame(look);
}, true);
addEventListener('keydown', (event) => {
  const field = event.target;
  if (!field.matches?.('textarea')) return;
  field.addEventListener('input', () => queueMicrotask(() => {
    document.body.getBoundingClientRect();
    window.took.typed.push(performance.now() - event.timeStamp);
  }), { once: true });
}, true);
"""


async def run(report: Report, *, repeats: int) -> None:
    switched: list[float] = []
    typed: list[float] = []
    pin_load(BOTH_CORES)  # a browser is several processes
    try:
        with TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            world = await make_world(
                config_for(data), agents=1, conversations=CONVERSATIONS, messages=MESSAGES
            )
            async with frontdesk(data) as server:
                for turn in range(repeats):
                    took = await _measure(f"http://127.0.0.1:{server.port}", world)
                    report.raw("console", {"turn": turn, **took})
                    switched.append(statistics.median(took["switched"]))
                    typed.append(percentile(sorted(took["typed"]), 0.95))
    finally:
        pin_load()
    report.figure(
        f"{CONVERSATIONS} open, another one on the screen, p50", statistics.median(switched), "ms", at_most=50
    )
    report.figure("  a letter in the composer, p95", statistics.median(typed), "ms", at_most=16)


async def _measure(url: str, world: World) -> dict[str, list[float]]:
    """Milliseconds of each switch and of each letter."""
    async with async_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page(
            viewport={"width": 1440, "height": 900},
            locale="en",
            bypass_csp=True,  # waits are scripts of the bench
        )
        try:
            return await _work(page, url, world)
        finally:
            await browser.close()


async def _work(page: Page, url: str, world: World) -> dict[str, list[float]]:
    credentials = {"organization": world.organization, "username": "agent0", "password": PASSWORD}
    signed_in = await page.request.post(f"{url}/v1/auth/sign-in", data=credentials)
    if not signed_in.ok:
        raise RuntimeError(await signed_in.text())
    await page.add_init_script(WATCH)
    await page.goto(f"{url}/console/")
    await page.get_by_text("Visitor").first.wait_for()
    await asyncio.sleep(3)  # whatever comes after the first screen has come
    await page.keyboard.press("j")
    await page.get_by_role("log").wait_for()
    await page.evaluate("window.took.switched.length = 0")
    for number in range(SWITCHES):
        await page.keyboard.press("j")
        await page.wait_for_function(f"window.took.switched.length > {number}")
        await asyncio.sleep(0.1)
    await page.get_by_role("textbox").last.click()
    for letter in WORDS:
        await page.keyboard.press(letter)
        await asyncio.sleep(0.03)
    return await page.evaluate("window.took")
