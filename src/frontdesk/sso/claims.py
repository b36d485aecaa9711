"""From what a provider says of somebody to who they are here. Pure."""

import unicodedata
from collections.abc import Mapping
from typing import Final

from frontdesk.auth import normal_email, normal_username
from frontdesk.core.errors import FrontdeskError
from frontdesk.sso.identity_tokens import texts_of
from frontdesk.sso.types import Claimed, Provider

_LONGEST_NAME: Final = 50


def claimed_of(provider: Provider, claims: Mapping[str, object]) -> Claimed:
    """What counts of it. An address that the provider has not verified is none."""
    email = _email(claims)
    username = _username(_text(claims, "preferred_username") or email.partition("@")[0])
    name = _name(_text(claims, "name")) or username
    told = texts_of(claims, provider.role_claim) if provider.role_claim else ()
    return Claimed(_text(claims, "sub"), username, name, email, tuple(told))


def role_for(provider: Provider, claimed: Claimed) -> str:
    """The role that the first fitting rule gives, else the default one; empty: nobody comes in."""
    fitting = (rule.role for rule in provider.role_rules if rule.value in claimed.roles)
    return next(fitting, provider.default_role)


def speaks_for(provider: Provider, email: str) -> bool:
    """Whether the provider may say whose address this is."""
    return bool(email) and email.rpartition("@")[2] in provider.domains


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _email(claims: Mapping[str, object]) -> str:
    verified = claims.get("email_verified")
    if verified is not True and verified != "true":
        return ""
    try:
        return normal_email(_text(claims, "email"))
    except FrontdeskError:
        return ""


def _username(text: str) -> str:
    """One that can be had here; several people may get the same."""
    try:
        return normal_username("-".join(_name(text).split())) if text else "colleague"
    except FrontdeskError:
        return "colleague"


def _name(text: str) -> str:
    shown = "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isprintable())
    return " ".join(shown.split())[:_LONGEST_NAME].strip()
