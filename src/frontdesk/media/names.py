"""Names of files, for showing: never a path, never a key."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

MAX_NAME: Final = 120
_MAX_EXTENSION: Final = 10
# Controls, line separators, zero-width characters, marks that turn the writing direction around, lone surrogates.
_UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
_UNSAFE: Final = re.compile(r'[<>:"|?*\\/%]')


def display_name(name: str) -> str:
    """A name that is safe to show and to save under: its last part, trimmed, without what cannot be seen."""
    last = re.split(r"[\\/]", name)[-1]
    text = _UNSAFE.sub("_", _UNSEEN.sub("", unicodedata.normalize("NFC", last)))
    text = " ".join(text.split()).strip(". ")
    if len(text) <= MAX_NAME:
        return text
    suffix = extension(text)
    return text[: MAX_NAME - len(suffix)].rstrip(". ") + suffix


def extension(name: str) -> str:
    """The extension with its dot, in lower case; empty when what follows the last dot is not one."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if 1 < len(suffix) <= _MAX_EXTENSION and suffix[1:].isalnum() else ""
