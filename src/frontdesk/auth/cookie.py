"""The cookie that holds the refresh token: scripts cannot read it, and no other site's page can make a browser send it."""

from typing import Any, Final

from litestar import Request
from litestar.datastructures import Cookie

from frontdesk.auth.types import SignedIn
from frontdesk.platform import Platform
from frontdesk.platform.web import is_secure

COOKIE: Final = "frontdesk_refresh"
PATH: Final = "/v1/auth"


def cookie_of(request: Request[Any, Any, Any], platform: Platform, signed_in: SignedIn) -> Cookie:
    """For as long as the refresh token lives."""
    seconds = max(1, (signed_in.refresh_expires_at - platform.clock.now()) // 1000)
    return _cookie(request, platform, signed_in.refresh_token, seconds)


def no_cookie(request: Request[Any, Any, Any], platform: Platform) -> Cookie:
    """Makes the browser forget."""
    return _cookie(request, platform, "", 0)


def _cookie(request: Request[Any, Any, Any], platform: Platform, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=COOKIE,
        value=value,
        path=PATH,
        max_age=seconds,
        httponly=True,
        samesite="strict",
        secure=is_secure(request, platform.config),
    )
