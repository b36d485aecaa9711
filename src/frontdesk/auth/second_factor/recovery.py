"""Recovery codes: ten at a time, each good once, for who has lost the app."""

import hashlib
from typing import Final

from frontdesk.core.ids import new_code

COUNT: Final = 10
_GROUP: Final = 4
_LETTERS: Final = 16  # of 31: 79 bits, too many to guess from a hash


def new_codes() -> list[str]:
    return ["-".join(_groups(new_code(length=_LETTERS))) for _ in range(COUNT)]


def looks_like_one(code: str) -> bool:
    return len(plain(code)) == _LETTERS


def hash_code(account_id: int, code: str) -> str:
    """What is kept. The account is in it, so that equal codes of two people would not look equal."""
    return hashlib.sha256(f"{account_id}\n{plain(code)}".encode("utf-8", "surrogatepass")).hexdigest()


def plain(code: str) -> str:
    """A code as it was made, however it was typed."""
    return "".join(letter for letter in code.lower() if letter.isalnum())


def _groups(letters: str) -> list[str]:
    return [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
