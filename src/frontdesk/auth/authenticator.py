"""From a bearer token to a subject, without a query."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from litestar import Request
from litestar.di import NamedDependency
from structlog.contextvars import bind_contextvars

from frontdesk.auth import tokens
from frontdesk.auth.granting import Grants
from frontdesk.auth.keys import RELOAD, Keys, refused
from frontdesk.auth.sessions import Sessions
from frontdesk.auth.throttle import SignInThrottle
from frontdesk.auth.types import SessionRevoked
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Origin, Subject
from frontdesk.platform import Platform
from frontdesk.platform.tasks import Tasks
from frontdesk.platform.web import client_address

# Seconds between two looks for what ended: with the bus away nothing is honoured for longer, but for the look itself.
CATCH_UP: Final = 1.0
_MAX_USER_AGENT: Final = 200


class Authenticator:
    """Verifies tokens; one a process. `grants` knows what their holders may do at this moment, `throttle` slows down
    guessing at this process's sign-in.
    """

    def __init__(self, platform: Platform, keys: Keys, sessions: Sessions, grants: Grants) -> None:
        self.keys = keys
        self.grants = grants
        self.throttle = SignInThrottle(platform.clock)
        self._platform = platform
        self._bus = platform.bus
        self._clock = platform.clock
        self._config = platform.config
        self._sessions = sessions

    @classmethod
    async def load(cls, platform: Platform, keys: Keys) -> "Authenticator":
        """Listens for revocations and changes of roles, then reads the earlier ones, so that none is missed in between."""
        sessions, grants = Sessions(platform), Grants(platform)
        await sessions.load()
        await grants.load()
        return cls(platform, keys, sessions, grants)

    def verify(self, token: str) -> Subject:
        """Raises `unauthenticated` for a token that is not ours, not for us, over, or of a session that has ended."""
        return self.verify_until(token)[0]

    def verify_until(self, token: str) -> tuple[Subject, Millis]:
        """As `verify`, with the moment at which the token ends: a socket must be cut then."""
        subject, expires_at = tokens.read(self.keys, token, now=self._clock.now())
        if self._sessions.is_revoked(subject.session_id):
            raise refused()
        return self.grants.now(subject), expires_at

    def origin_of(self, request: Request[Any, Any, Any]) -> Origin:
        """Where a request comes from, as far as it can be believed."""
        user_agent = request.headers.get("user-agent", "")
        return Origin(client_address(request, self._config), clean_user_agent(user_agent))

    def verify_for_application(self, token: str) -> tuple[Subject, Millis, str]:
        """As `verify_until`, with the scopes, and also for a token that only says who somebody is."""
        claims = tokens.claims_of(self.keys, token, now=self._clock.now())
        subject = tokens.subject_of(claims)
        if self._sessions.is_revoked(subject.session_id):
            raise refused()
        return subject, claims.exp * 1000, claims.scope

    def on_revoked(self, listener: Callable[[SessionRevoked], None]) -> Callable[[], None]:
        """Call it once for each session that has ended, as soon as its tokens are refused here; returns how to stop."""
        return self._sessions.on_revoked(listener)

    def start(self, tasks: Tasks) -> None:
        """Look for new keys, and between processes for what ended or changed: every `CATCH_UP` seconds, as a bus that is
        away tells nothing; and all of it anew each time after news may have been lost, until that succeeds.
        """
        tasks.every("auth-keys", RELOAD, self.reload_keys)
        if not self._bus.island:
            tasks.every("auth-catch-up", CATCH_UP, self.catch_up)
        self._bus.on_loss(lambda: tasks.run_forever("auth-reload", self.reload) and None)

    async def reload_keys(self) -> None:
        await self.keys.reload(self._platform)

    async def reload(self) -> None:
        """Return when every revocation and every change of a role is known that was committed before the call."""
        await self._sessions.load()
        await self.grants.load()

    async def catch_up(self) -> None:
        """Learn what ended or changed since the last look, whatever the bus has told."""
        await self._sessions.catch_up()
        await self.grants.catch_up()

    def stop(self) -> None:
        """Stop listening for revocations and changes."""
        self._sessions.stop()
        self.grants.stop()


def provide_subject(
    request: Request[Any, Any, Any], authenticator: NamedDependency[Authenticator]
) -> Subject:
    """Litestar dependency `subject`: the holder of the bearer token. Raises `unauthenticated` when there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise refused()
    subject = authenticator.verify(token.strip())
    subject = replace(subject, origin=authenticator.origin_of(request))
    bind_contextvars(organization_id=subject.organization_id)  # for what is logged during this request
    return subject


def clean_user_agent(text: str) -> str:
    """What a browser says of itself, without what cannot be shown or kept."""
    return "".join(letter for letter in text[:_MAX_USER_AGENT] if letter.isprintable())
