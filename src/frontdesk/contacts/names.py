"""What people are called and how they are reached: names for those who gave none, checks for what was given."""

import re
from typing import Final

from frontdesk.contacts.types import LANGUAGES, MAX_EMAIL, MAX_PHONE
from frontdesk.core.errors import invalid
from frontdesk.core.ids import new_code
from frontdesk.core.text import clean_line

_EMAIL: Final = re.compile(r"[^\s@<>\"(),;:\\]+@[^\s@<>\"(),;:\\]+\.[^\s@<>\"(),;:\\.]+")
_PHONE: Final = re.compile(r"\+?\(?[0-9][0-9 ()./#*-]{3,}")
_TELLING: Final = 10  # digits of a number that stay the same with and without a country code
_TOO_SHORT: Final = 6


def visitor_name(language: str) -> str:
    """A friendly name for somebody unknown. Not unique: the id tells people apart."""
    code = new_code(length=4).upper()
    return f"Visitor {code}" if language == "en" else f"访客 {code}"


def known_language(language: str) -> str:
    """The language that we speak and that comes nearest."""
    if language in LANGUAGES:
        return language
    return "zh-CN" if language.lower().startswith("zh") else "en"


def clean_email(value: str) -> str:
    """An e-mail address, or nothing."""
    email = clean_line(value, field="e-mail address", limit=MAX_EMAIL)
    if email and _EMAIL.fullmatch(email) is None:
        raise invalid(
            "contacts.email", "This is not an e-mail address.", hint="It looks like name@example.com.",
            details={"field": "email"},
        )  # fmt: skip
    return email


def clean_phone(value: str) -> str:
    """A telephone number as people write it, or nothing."""
    phone = clean_line(value, field="telephone number", limit=MAX_PHONE)
    if phone and _PHONE.fullmatch(phone) is None:
        raise invalid(
            "contacts.phone", "This is not a telephone number.", hint="Digits, spaces and + ( ) - only.",
            details={"field": "phone"},
        )  # fmt: skip
    return phone


def email_key(email: str) -> str:
    """What two addresses of one person have in common."""
    return email.lower()


def phone_key(phone: str) -> str:
    """What two spellings of one number have in common; empty where it is too short to tell anybody."""
    digits = "".join(char for char in phone if char.isdigit())[-_TELLING:]
    return digits if len(digits) >= _TOO_SHORT else ""
