"""Ids, time, errors, subjects and paging: pure values that every other package may use.

Standard library only. Nothing here does I/O; `clock` and `ids` are the only sources of time, identity and
randomness in the product, so tests own all three.
"""
