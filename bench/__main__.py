"""`python -m bench [name …] [--repeats N]`: run benchmarks and print their figures beside their bounds."""

import argparse
import asyncio
import sys
from pathlib import Path

import uvloop

from bench import (
    bus,
    cluster_crowd,
    cluster_overload,
    cluster_rate,
    cluster_stalled,
    connections,
    console,
    dispatch,
    million,
    pages,
    simulator,
    surge,
    throughput,
)
from bench.report import Report
from bench.servers import pin_load

BENCHES = {
    "throughput": throughput.run,
    "connections": connections.run,
    "pages": pages.run,
    "million": million.run,
    "console": console.run,
    "bus": bus.run,
    "simulator": simulator.run,
    "dispatch": dispatch.run,
    "surge": surge.run,
    "cluster-rate": cluster_rate.run,
    "cluster-crowd": cluster_crowd.run,
    "cluster-overload": cluster_overload.run,
    "cluster-stalled": cluster_stalled.run,
}


async def _main(names: list[str], repeats: int) -> bool:
    pin_load()
    report = Report(Path(".build") / "bench")
    for name in names:
        print(f"{name}:")
        await BENCHES[name](report, repeats=repeats)
    print(f"raw results: {report.path}")
    return report.ok


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="which; default: all")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        ok = runner.run(_main(arguments.names or list(BENCHES), arguments.repeats))
    sys.exit(0 if ok else 1)


main()
