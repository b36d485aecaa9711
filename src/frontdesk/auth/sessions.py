"""Ending sessions, and knowing in memory which have ended."""

from collections.abc import Callable, Iterable
from typing import Final

from frontdesk.auth import store_sessions as store
from frontdesk.auth.second_factor.store import drop_steps
from frontdesk.auth.types import SessionRevoked
from frontdesk.core.clock import Millis
from frontdesk.core.errors import forbidden
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Topic, Transaction

SESSION_REVOKED: Final = Topic("event.auth.session_revoked", SessionRevoked)
# How far a look goes back behind the one before: clocks of processes differ, and a change is stamped before its commit.
OVERLAP: Final[Millis] = 30_000


async def revoke_session_in(
    platform: Platform, tx: Transaction, organization_id: int, session_id: int, principal_id: int
) -> None:
    """End one session: its tokens are refused everywhere once this is committed. A repeat changes nothing."""
    if await store.revoke_session(tx, organization_id, session_id, now=platform.clock.now()):
        event = SessionRevoked(organization_id, session_id, principal_id)
        tx.after_commit(lambda: SESSION_REVOKED.publish(platform.bus, event))


async def revoke_principal_in(
    platform: Platform,
    tx: Transaction,
    organization_id: int,
    kind: SubjectKind,
    principal_id: int,
    *,
    keep: int = 0,
) -> None:
    """End every session of an account or a contact, except `keep`; and every sign-in that waits for its second factor."""
    if kind is SubjectKind.AGENT:
        await drop_steps(tx, organization_id, principal_id)
    for session_id in await store.standing_sessions(tx, organization_id, kind, principal_id):
        if session_id != keep:
            await revoke_session_in(platform, tx, organization_id, session_id, principal_id)


async def standing_in(
    reader: Reader, organization_id: int, session_ids: Iterable[int], now: Millis
) -> frozenset[int]:
    """Those of these sessions that have neither ended nor expired."""
    found = [await store.session(reader, organization_id, session_id) for session_id in session_ids]
    return frozenset(session.id for session in found if session is not None and session.is_live(now))


async def check_console_in(reader: Reader, subject: Subject) -> None:
    """Raise `forbidden` for an application: it sees and changes nothing of how its person signs in, whatever they may."""
    session = await store.session(reader, subject.organization_id, subject.session_id)
    if session is None or session.client_id is not None:
        raise forbidden("auth.console-only", "This is for people at the console.")


class Sessions:
    """The revoked sessions whose tokens could still be in force. News comes by the bus; what the bus may have lost is
    read from the database.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._revoked: dict[int, int] = {}  # to when to forget it
        self._listeners: tuple[Callable[[SessionRevoked], None], ...] = ()
        tokens = platform.config.tokens
        self._memory = 1000 * max(tokens.access_ttl, tokens.visitor_ttl, tokens.refresh_ttl)
        self._prune_at = 1024
        self._read_at = platform.clock.now()
        self.stop = SESSION_REVOKED.subscribe(platform.bus, self._add)

    async def load(self) -> None:
        """Return when every revocation is known that was committed before the call."""
        await self._platform.bus.subscribed()
        await self._read(None)

    async def catch_up(self) -> None:
        """Read what was revoked since the last look, whatever the bus has told."""
        await self._read(self._read_at - OVERLAP)

    async def _read(self, since: Millis | None) -> None:
        now = self._platform.clock.now()
        for event in await self._platform.database.read(
            EVERY_ORGANIZATION, lambda reader: store.revoked_sessions(reader, now=now, since=since)
        ):
            self._add(event)
        self._read_at = now

    def on_revoked(self, listener: Callable[[SessionRevoked], None]) -> Callable[[], None]:
        """Call it once for each session that has ended, as soon as this is known here; returns how to stop."""
        self._listeners = (*self._listeners, listener)

        def forget() -> None:
            self._listeners = tuple(each for each in self._listeners if each is not listener)

        return forget

    def is_revoked(self, session_id: int) -> bool:
        return session_id in self._revoked

    def _add(self, event: SessionRevoked) -> None:
        now = self._platform.clock.now()
        known = event.session_id in self._revoked
        self._revoked[event.session_id] = now + self._memory
        if len(self._revoked) >= self._prune_at:
            self._revoked = {known: until for known, until in self._revoked.items() if until > now}
            self._prune_at = max(1024, 2 * len(self._revoked))
        if not known:
            for listener in self._listeners:
                listener(event)
