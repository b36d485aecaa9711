"""One way to write a text: what differs only in width, case, punctuation or spacing is the same question."""

import re
from typing import Final
from unicodedata import normalize

_NOISE: Final = re.compile(r"[\W_]+")
_HAN: Final = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_LATIN_WORD: Final = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_APOSTROPHE: Final = re.compile(r"(?<=\w)['’](?=\w)")


def normalise(text: str) -> str:
    """Half-width, lower case, single spaces, without punctuation. Traditional characters stay as they are."""
    folded = _APOSTROPHE.sub("", normalize("NFKC", text).lower())
    return _NOISE.sub(" ", folded).strip()


def language_of(text: str) -> str | None:
    """The language a text is surely written in: `zh-CN`, `en`, or None when it could be either."""
    if _HAN.search(text):
        return "zh-CN"
    return "en" if len(_LATIN_WORD.findall(text)) >= 2 else None
