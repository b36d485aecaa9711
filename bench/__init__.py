"""Benchmarks: `python -m bench`, or `make bench`. Raw results are kept under `.build/bench/`; ratios are printed.

The server runs pinned to one core, the load on another. Every figure is the median of repeats.
"""
