"""What a script costs the page around it: how long the page's main thread computed for it, by the browser's own trace.

It is the time on the processor, not that on the clock: a busy machine makes no script slow, and a slow script is seen on any.
"""

import json
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any, Final

from playwright.sync_api import Browser, Page

Event = dict[str, Any]

_CATEGORIES: Final = ["devtools.timeline", "v8"]
_SCRIPT: Final = frozenset({"EvaluateScript", "FunctionCall", "v8.compile"})
# what follows from a change of the page; all of it counts, as most of it is ours on a page that has nothing else
_DRAWING: Final = frozenset({"UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"})


class Cost:
    """`milliseconds` is there after the block."""

    milliseconds: float = 0


@contextmanager
def cost_of(script: str, browser: Browser, page: Page) -> Generator[Cost]:
    """What the script at this address, and drawing, cost the page's main thread in the block."""
    cost = Cost()
    browser.start_tracing(page=page, categories=_CATEGORIES)
    try:
        yield cost
    finally:
        trace = browser.stop_tracing()
    events = [event for event in json.loads(trace)["traceEvents"] if event["ph"] == "X"]
    threads = {_thread(event) for event in events if _runs(script, event)}
    assert len(threads) == 1, f"{script} ran on {len(threads)} threads"
    here = sorted((event for event in events if _thread(event) in threads), key=lambda event: event["ts"])
    counted = [event for event in here if event["name"] in _DRAWING or _runs(script, event)]
    cost.milliseconds = sum(event["tdur"] for event in _outermost(counted)) / 1000


def _thread(event: Event) -> tuple[int, int]:
    return event["pid"], event["tid"]


def _runs(script: str, event: Event) -> bool:
    return event["name"] in _SCRIPT and script in json.dumps(event["args"])


def _outermost(events: Iterable[Event]) -> Generator[Event]:
    """Without those that another contains: their time is in its own."""
    end = 0
    for event in events:
        if event["ts"] >= end:
            end = event["ts"] + event["dur"]
            yield event
