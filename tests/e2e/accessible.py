"""Axe in a page: what stands in the way of people who do not use a mouse, or do not see the screen."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Frame, Page

_AXE: Final = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
_RUN: Final = """async () => (await axe.run(document, { iframes: false })).violations.map(
    ({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html.slice(0, 300)) }))"""


def violations(page: Page) -> list[str]:
    """What axe finds in every frame of the page, a line each."""
    page.wait_for_timeout(300)  # a colour that is still fading in has a contrast of its own
    return [line for frame in page.frames if not frame.is_detached() for line in _in_frame(frame)]


def _in_frame(frame: Frame) -> list[str]:
    if not frame.evaluate("() => 'axe' in window"):
        frame.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = frame.evaluate(_RUN)
    return [f"{each['id']} ({each['help']}): {node}" for each in found for node in each["nodes"]]
