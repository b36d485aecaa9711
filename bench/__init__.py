"""Benchmarks: `python -m bench`, or `make bench`. Raw results are kept under `.build/bench/`; ratios are printed.

The servers run pinned to one core, the load on another, where nothing else is said. Every figure is the median of
repeats. `cluster-…` measures processes on PostgreSQL and NATS, the others one process on its own.
"""
