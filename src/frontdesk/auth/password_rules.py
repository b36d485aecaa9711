"""What makes a password too easy to guess. Length is what counts, after NIST 800-63B: nobody is asked for a digit or a sign.

A password is refused when it is one of those that are tried first, when it is little more than the names that an attacker
knows, and when it is a walk over the keyboard or a repetition, which is longer to type than to guess.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Final

from frontdesk.auth.types import MAX_PASSWORD
from frontdesk.core.errors import FrontdeskError, invalid

_COMMON: Final = frozenset(
    (files("frontdesk.auth") / "common_passwords.txt").read_text(encoding="ascii").split()
)
_LINES: Final = (
    "abcdefghijklmnopqrstuvwxyz", "012345678901234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiop",
    "azertyuiop", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/", "!@#$%^&*()_+",
)  # fmt: skip
_WALKS: Final = (*_LINES, *(line[::-1] for line in _LINES))
_SHORTEST_WALK: Final = 3
_FEWEST_PIECES: Final = 6  # a walk counts as one, every other character as one
_SHORTEST_REPEATED: Final = 8
_FEWEST_LETTERS: Final = 4  # of one's own, beside the names
_SHORTEST_NAME: Final = 3
_LEET: Final = str.maketrans("0134578@$!", "oleastbasi")
_EDGES: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def check_password(password: str, *, length: int, names: Iterable[str]) -> None:
    """Raise an `invalid` error for a password that is shorter than `length`, too long, or easy to guess for who knows
    the `names`: of the account, of the organization.
    """
    if not length <= len(password) <= MAX_PASSWORD or not _is_text(password):
        raise _refused(
            "auth.password-length",
            f"A password has between {length} and {MAX_PASSWORD} characters.",
            "Several words make a password that is long and easy to remember.",
        )
    plain = _plain(password)
    own = _without(plain, names)
    if own != plain and sum(letter.isalpha() for letter in own) < _FEWEST_LETTERS:
        raise _refused(
            "auth.password-names",
            "This password is made of your name or your organization's.",
            "Choose words that have nothing to do with either.",
        )
    if _is_common(plain) or _is_common(own) or _is_repeated(plain) or _is_walk(plain):
        raise _refused(
            "auth.password-common",
            "This password is among the first that are guessed.",
            "Several words that do not belong together make a good one.",
        )


def _is_common(plain: str) -> bool:
    """A word of the list, or two in a row, with whatever digits and signs around or in it, and 3 for e."""
    core = _EDGES.sub("", plain)
    spellings = {"".join(filter(str.isalpha, text)) for text in (core, core.translate(_LEET))}
    return any(
        word in _COMMON or any(word[:cut] in _COMMON and word[cut:] in _COMMON for cut in range(1, len(word)))
        for word in spellings
    )


def _is_repeated(plain: str) -> bool:
    """The same few characters again and again."""
    return any(
        plain == (plain[:size] * (len(plain) // size + 1))[: len(plain)]
        for size in range(1, min(_SHORTEST_REPEATED, len(plain) // 2 + 1))
    )


def _is_walk(plain: str) -> bool:
    return sum(1 for _ in _pieces(plain)) < _FEWEST_PIECES


def _pieces(plain: str) -> Iterator[str]:
    """The text in pieces: the longest walk that begins here, else one character."""
    start = 0
    while start < len(plain):
        end = start + 1
        while end < len(plain) and _is_step(plain[start : end + 1]):
            end += 1
        if end - start < _SHORTEST_WALK:
            end = start + 1
        yield plain[start:end]
        start = end


def _is_step(text: str) -> bool:
    return text == text[0] * len(text) or any(text in walk for walk in _WALKS)


def _without(plain: str, names: Iterable[str]) -> str:
    words = {
        word for name in names for whole in [_plain(name)] for word in (whole, *re.split(r"[\W_]+", whole))
    }
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= _SHORTEST_NAME or (word.isalpha() and not word.isascii()):
            plain = plain.replace(word, "")
    return plain


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_text(password: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in password)


def _refused(code: str, message: str, hint: str) -> FrontdeskError:
    return invalid(code, message, hint=hint, details={"field": "password"})
