"""Fixtures of the browser tests: a browser for the package, a server for each module, people for each test."""

import re
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.e2e.desk import Desk
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site

KEPT = Path(__file__).parents[2] / ".build" / "e2e"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",  # a microphone that beeps
    "--autoplay-policy=no-user-gesture-required",
)
FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=15_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


def find_browser() -> str:
    """The browser's path. That there is none is a failure, not a reason to skip."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise RuntimeError(f"none of {', '.join(BROWSERS)} is installed; make setup-browser installs one")
    return path


# Of the package and not of the session: while Playwright runs, no asynchronous test can run in the same process.
@pytest.fixture(scope="package")
def browser() -> Generator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[ServerProcess]:
    server = ServerProcess(tmp_path_factory.mktemp("e2e") / "data")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def back_office(server: ServerProcess) -> Generator[Desk]:
    desk = Desk(server.url)
    yield desk
    desk.close()


@pytest.fixture
def desk(back_office: Desk) -> Desk:
    """The shop, cleared of what the test before left."""
    back_office.clear()
    return back_office


@pytest.fixture
def site() -> Generator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def context(browser: Browser) -> Generator[BrowserContext]:
    """A browser of somebody in other people's pages."""
    context = browser.new_context(locale="en", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def people(
    request: pytest.FixtureRequest, browser: Browser, server: ServerProcess, desk: Desk
) -> Generator[People]:
    """The people of one test. Whatever goes wrong in their pages fails it; a failure leaves pictures and the log."""
    people = People(browser, server.url, desk)
    yield people
    item: pytest.Item = request.node
    wrong = people.wrong
    if wrong or item.stash.get(FAILED, False):
        folder = KEPT / re.sub(r"[^\w.-]+", "-", item.name)
        people.take_pictures(folder)
        shutil.copy(server.log, folder / "server.log")
    people.go_home()
    assert not wrong, "errors in the pages:\n" + "\n".join(wrong)
