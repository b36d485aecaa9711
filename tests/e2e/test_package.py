"""The package as others install it: packed, installed from its tarball into the React example, built, and used in a browser."""

import json
import mimetypes
import os
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import CHANNEL, Desk
from tests.e2e.people import People
from tests.e2e.server import ServerProcess
from tests.e2e.site import Site, chat_of, identities, say

pytestmark = pytest.mark.xdist_group("e2e-package")

WEB: Final = Path(__file__).parents[2] / "web"


def run(*command: str | Path, cwd: Path, **more: str) -> str:
    done = subprocess.run(
        [*command], cwd=cwd, env={**os.environ, **more}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tarball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    told = run(
        "npm", "pack", "--json", "--workspace", "@frontdesk/embed", "--pack-destination", folder, cwd=WEB
    )
    return folder / json.loads(told[told.index("[") :])[0]["filename"]


@pytest.fixture(scope="module")
def built(tarball: Path, server: ServerProcess, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with the package from the tarball; React and the compiler are those of the workspace. As when one
    develops, React mounts everything twice.
    """
    root = tmp_path_factory.mktemp("react")
    (root / "node_modules").symlink_to(WEB / "node_modules")
    installed = root / "site"
    installed.mkdir()
    (installed / "package.json").write_text('{"private": true}')
    run("npm", "install", "--offline", "--no-audit", "--no-fund", tarball, cwd=installed)
    example = installed / "example"
    shutil.copytree(
        WEB / "examples" / "react", example, ignore=shutil.ignore_patterns("node_modules", "dist")
    )
    binaries = WEB / "node_modules" / ".bin"
    run(binaries / "tsc", "--noEmit", cwd=example)
    settings = {"VITE_FRONTDESK": server.url, "VITE_CHANNEL": CHANNEL, "NODE_ENV": "development"}
    run(binaries / "vite", "build", "--mode", "development", cwd=example, **settings)
    return example / "dist"


@pytest.fixture
def shop(built: Path, site: Site) -> str:
    for path in built.rglob("*"):
        if path.is_file():
            kind = mimetypes.guess_type(path.name)[0] or "text/plain"
            site.pages[f"/{path.relative_to(built)}"] = (path.read_text(), {"content-type": kind})
    return f"{site.url}/index.html"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_the_tarball_has_the_code_and_its_types_and_nothing_else(tarball: Path) -> None:
    with tarfile.open(tarball) as packed:
        names = {name.removeprefix("package/") for name in packed.getnames()}
        file = packed.extractfile("package/package.json")
        assert file is not None
        manifest: Mapping[str, object] = json.load(file)
    files = {f"dist/{name}.{end}" for name in ("index", "types") for end in ("js", "d.ts")}
    assert names == {"package.json", *files}
    assert "dependencies" not in manifest


def test_the_example_opens_the_chat_signs_in_writes_and_takes_it_away(
    people: People, shop: str, site: Site, desk: Desk
) -> None:
    agent = people.agent("mei", "en")
    context, _watch = people.context("visitor", "en")
    page = context.new_page()
    site.pages["/identity"] = (identities(desk)("u-react", name="Rita React"), {"content-type": "text/plain"})
    page.goto(shop)
    press(page, "Ask us")
    say(page, "written in React")
    press(page, "Sign in")
    press(page, "Ask us")
    expect(chat_of(page).get_by_role("article").filter(has_text="written in React")).to_have_count(1)
    chat_of(page).get_by_role("button", name="Talk to a human").last.click()
    agent.open("Rita React")
    expect(agent.page.get_by_role("region", name="From the page")).to_contain_text("cart")
    press(page, "Close")
    agent.send("answered at the desk")
    expect(page.get_by_text("Unread messages: 1")).to_be_visible()
    press(page, "Take the chat away")
    expect(page.locator("frontdesk-widget")).to_have_count(0)
    press(page, "Put the chat back")
    press(page, "Ask us")
    expect(chat_of(page).get_by_role("article").filter(has_text="answered at the desk")).to_have_count(1)
    press(page, "Sign out")
    press(page, "Ask us")
    expect(chat_of(page).get_by_role("log")).to_be_visible()
    expect(chat_of(page).get_by_role("article").filter(has_text="written in React")).to_have_count(0)


def test_what_react_mounts_twice_is_one_chat_and_one_script(people: People, shop: str) -> None:
    context, _watch = people.context("visitor", "en")
    page = context.new_page()
    page.add_init_script(
        """window.mounts = 0;
        new MutationObserver((all) => { for (const { addedNodes } of all) for (const node of addedNodes)
            if (node.localName === "frontdesk-widget") window.mounts += 1; })
            .observe(document, { childList: true, subtree: true });"""
    )
    page.goto(shop)
    for _turn in range(3):
        expect(page.locator("frontdesk-widget")).to_have_count(1)
        press(page, "Take the chat away")
        expect(page.locator("frontdesk-widget")).to_have_count(0)
        press(page, "Put the chat back")
    expect(page.locator("frontdesk-widget")).to_have_count(1)
    assert page.locator("script[src*='widget.js']").count() == 1
    assert page.evaluate("mounts") >= 4
    press(page, "Ask us")
    expect(chat_of(page).get_by_role("log")).to_be_visible()
