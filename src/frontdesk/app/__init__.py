"""Wiring, targets and the command line: the only place that names adapters."""
