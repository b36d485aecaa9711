"""`frontdesk simulate`: a scenario in, a table with intervals and a chart out."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from frontdesk.core.errors import invalid
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
    "fairness": "evenness among agents (Jain)",
}


def simulate(file: Path, out: Console, *, svg: Path | None, as_json: bool) -> None:
    """Run the scenario of this file and print what came of it."""
    try:
        scenario = read_scenario(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise invalid(
            "simulation.scenario", f"{file} is not UTF-8 text: {error}.", hint="Save it as UTF-8."
        ) from error
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Simulating", total=scenario.replications)
        compared = play(scenario, progress=lambda done: progress.update(task, completed=done))
    if svg is not None:
        svg.write_text(as_svg(compared), encoding="utf-8")
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(compared)) + b"\n")
        return
    out.print(_table(compared))
    out.print(
        f"Mean of {scenario.replications} days, ± 95 % confidence. Differences are to “{compared[0].title}” on the same days.",
        style="dim",
        highlight=False,
    )
    out.print(as_bars(compared), highlight=False, markup=False)


def _table(compared: Sequence[Compared]) -> Table:
    table = Table("", *[one.title for one in compared])
    for row in zip(*(one.figures for one in compared), strict=True):
        table.add_row(_NAMES[row[0].name], *[_cell(figure) for figure in row])
    return table


def _cell(figure: Figure) -> str:
    digits = 4 if not figure.unit else 1
    value = f"{figure.value.mean:.{digits}f} ± {figure.value.half:.{digits}f} {figure.unit}".rstrip()
    if figure.difference is None:
        return value
    mark = {"better": "[green]", "worse": "[red]"}.get(figure.verdict, "[dim]")
    change = f"{figure.difference.mean:+.{digits}f} ± {figure.difference.half:.{digits}f} {figure.verdict}".rstrip()
    return f"{value}\n{mark}{change}[/]"
