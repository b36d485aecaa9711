"""Who of the living does what: rendezvous hashing. Pure.

Everybody who knows the same lives names the same one for a thing, without asking; and when a life comes or goes, only
the things that it gets or had move.
"""

from collections.abc import Iterable
from hashlib import blake2b


def chosen(thing: str, lives: Iterable[int]) -> int:
    """The life that does this thing. Raises ValueError when there is none."""
    return max(lives, key=lambda life: (_score(thing, life), life))


def _score(thing: str, life: int) -> bytes:
    return blake2b(f"{life} {thing}".encode(), digest_size=8).digest()
