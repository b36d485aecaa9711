"""Charts of the waits: which part of the visitors waited longer than so many seconds, a line for each set of rules."""

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from frontdesk.dispatch.simulation.comparing import Compared

COLOURS: Final = ("#1c6ea4", "#c2410c", "#15803d", "#7e22ce", "#b45309", "#0f766e", "#be185d", "#475569")
_MOMENTS: Final = (0, 10, 20, 30, 60, 120, 300, 600, 1800)
_BAR: Final = 40
_LEFT, _TOP, _WIDTH, _HEIGHT = 64, 24, 640, 300
_NICE: Final = (12, 30, 60, 120, 180, 360, 720, 1800, 3600, 7200, 21_600, 43_200, 86_400)
_TAIL: Final = 0.005
"""The chart ends where fewer than this part of the visitors of every set still wait."""


def longer_than(waits: Mapping[int, int], seconds: int) -> float:
    """Which part of the visitors waited longer than this."""
    total = sum(waits.values())
    return sum(count for wait, count in waits.items() if wait > seconds) / total if total else 0.0


def as_bars(compared: Sequence[Compared]) -> str:
    """For a terminal: a bar for each set of rules at each of a few moments."""
    width = max(len(one.title) for one in compared)
    lines: list[str] = []
    for moment in _MOMENTS:
        shares = [longer_than(one.waits, moment) for one in compared]
        lines.append(f"waited longer than {moment} s" if moment else "waited at all")
        lines += [
            f"  {one.title:<{width}} {'█' * round(share * _BAR):<{_BAR}} {share:6.1%}"
            for one, share in zip(compared, shares, strict=True)
        ]
        if max(shares) < _TAIL:
            break
    return "\n".join(lines)


def as_svg(compared: Sequence[Compared]) -> str:
    """A picture that stands alone, readable on light and dark pages."""
    end, top = _end(compared), _top(compared)
    height = _TOP + _HEIGHT + 56 + 22 * len(compared)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 24} {height}" '
        'font-family="system-ui, sans-serif" font-size="13" fill="#1f2937">',
        "<title>Which part of the visitors waited longer</title>",
        f'<rect width="100%" height="{height}" fill="#ffffff"/>',
        *_grid(end, top),
    ]
    for number, one in enumerate(compared):
        colour = COLOURS[number % len(COLOURS)]
        y = _TOP + _HEIGHT + 56 + 22 * number
        parts += [
            f'<polyline fill="none" stroke="{colour}" stroke-width="2.5" points="{_line(one.waits, end, top)}"/>',
            f'<rect x="{_LEFT}" y="{y}" width="18" height="4" fill="{colour}"/>',
            f'<text x="{_LEFT + 28}" y="{y + 7}">{escape(one.title)}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _top(compared: Sequence[Compared]) -> float:
    """The share at the upper edge, so that small ones can be told apart; the lower edge is always 0."""
    most = max(longer_than(one.waits, 0) for one in compared)
    return next((one for one in (0.04, 0.1, 0.2, 0.4, 0.6, 0.8) if most <= one), 1.0)


def _end(compared: Sequence[Compared]) -> int:
    """The first round number of seconds that hardly anybody waits longer than."""
    return next(
        (one for one in _NICE if all(longer_than(each.waits, one) < _TAIL for each in compared)), _NICE[-1]
    )


def _grid(end: int, top: float) -> Sequence[str]:
    parts: list[str] = []
    for step in range(5):
        y = _TOP + _HEIGHT * (1 - step / 4)
        parts += [
            f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{y:g}" y2="{y:g}" stroke="#d1d5db"/>',
            f'<text x="{_LEFT - 8}" y="{y + 4:g}" text-anchor="end">{100 * top * step / 4:g} %</text>',
        ]
    for step in range(7):
        x = _LEFT + _WIDTH * step / 6
        parts.append(
            f'<text x="{x:g}" y="{_TOP + _HEIGHT + 20}" text-anchor="middle">{_time(end * step / 6)}</text>'
        )
    middle = _LEFT + _WIDTH / 2
    parts.append(
        f'<text x="{middle:g}" y="{_TOP + _HEIGHT + 40}" text-anchor="middle">waited longer than</text>'
    )
    return parts


def _time(seconds: float) -> str:
    in_seconds = seconds < 60 or (seconds < 120 and seconds % 60)
    return f"{seconds:g} s" if in_seconds else f"{seconds / 60:g} min"


def _line(waits: Mapping[int, int], end: int, top: float) -> str:
    """From the right: the share still waiting falls by what ends at each second."""
    total = sum(waits.values()) or 1
    moments = [*range(0, end, max(1, end // (_WIDTH // 2))), end]
    ordered = sorted(waits.items(), reverse=True)
    points: list[str] = []
    beyond, index = 0, 0
    for moment in reversed(moments):
        while index < len(ordered) and ordered[index][0] > moment:
            beyond += ordered[index][1]
            index += 1
        x, y = _LEFT + _WIDTH * moment / end, _TOP + _HEIGHT * (1 - beyond / total / top)
        points.append(f"{x:.1f},{y:.1f}")
    return " ".join(reversed(points))
