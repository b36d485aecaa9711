"""`frontdesk simulate` and `frontdesk what-if`: tables with intervals, and charts, of visitors made up or recorded."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from frontdesk.core.errors import invalid
from frontdesk.dispatch import WhatIf
from frontdesk.dispatch.simulation import Compared, Figure, as_bars, as_svg, read_scenario
from frontdesk.dispatch.simulation import simulate as play

_NAMES: Final = {
    "wait": "mean wait",
    "wait_p95": "95 % waited at most",
    "delayed": "waited at all",
    "prompt": "answered within the promise",
    "gave_up": "gave up",
    "handled": "time with an agent",
    "occupancy": "places taken",
    "worth": "what a conversation is worth",
    "fairness": "evenness among agents (Jain)",
}


def simulate(file: Path, out: Console, *, svg: Path | None, as_json: bool) -> None:
    """Run the scenario of this file and print what came of it."""
    scenario = read_scenario(read_text(file))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Simulating", total=scenario.replications)
        compared = play(scenario, progress=lambda done: progress.update(task, completed=done))
    if svg is not None:
        svg.write_text(as_svg(compared), encoding="utf-8")
    if as_json:
        _print_json(compared)
        return
    _print(compared, out, days=scenario.replications)


def tell_what_if(played: WhatIf, out: Console, *, svg: Path | None, as_json: bool) -> None:
    """Print what a team's last days were like, and what they would have been."""
    if svg is not None and played.compared is not None:
        svg.write_text(as_svg(played.compared), encoding="utf-8")
    if as_json:
        _print_json(played)
        return
    if played.compared is None:
        out.print(
            f"{played.days} whole days with visitors and agents are on record: too few to say anything."
        )
        return
    out.print(
        f"{played.visitors:,} visitors on {played.days} days, as it really was beside it.", highlight=False
    )
    _print(played.compared, out, days=played.days, recorded=played.recorded)


def read_text(file: Path) -> str:
    """What stands in a file that a person has written."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise invalid(
            "simulation.scenario", f"{file} is not UTF-8 text: {error}.", hint="Save it as UTF-8."
        ) from error


def _print(
    compared: Sequence[Compared], out: Console, *, days: int, recorded: Mapping[str, float] | None = None
) -> None:
    out.print(_table(compared, recorded))
    out.print(
        f"Mean of {days} days, ± 95 % confidence. Differences are to “{compared[0].title}” on the same days.",
        style="dim",
        highlight=False,
    )
    out.print(as_bars(compared), highlight=False, markup=False)


def _print_json(told: object) -> None:
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(told)) + b"\n")


def _table(compared: Sequence[Compared], recorded: Mapping[str, float] | None) -> Table:
    table = Table("", *(["as it was"] if recorded is not None else []), *[one.title for one in compared])
    for row in zip(*(one.figures for one in compared), strict=True):
        was = [] if recorded is None else [_recorded(row[0], recorded)]
        table.add_row(_NAMES[row[0].name], *was, *[_cell(figure) for figure in row])
    return table


def _recorded(figure: Figure, recorded: Mapping[str, float]) -> str:
    """Nothing where the log does not tell."""
    known = recorded.get(figure.name)
    return "" if known is None else f"{known:.{_digits(figure)}f} {figure.unit}".rstrip()


def _cell(figure: Figure) -> str:
    digits = _digits(figure)
    value = f"{figure.value.mean:.{digits}f} ± {figure.value.half:.{digits}f} {figure.unit}".rstrip()
    if figure.difference is None:
        return value
    mark = {"better": "[green]", "worse": "[red]"}.get(figure.verdict, "[dim]")
    change = f"{figure.difference.mean:+.{digits}f} ± {figure.difference.half:.{digits}f} {figure.verdict}".rstrip()
    return f"{value}\n{mark}{change}[/]"


def _digits(figure: Figure) -> int:
    return 1 if figure.unit else 4
