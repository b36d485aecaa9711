"""Ending sessions, and knowing in memory which have ended."""

from typing import Final

from frontdesk.auth import store_sessions as store
from frontdesk.auth.types import SessionRevoked
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Topic, Transaction

SESSION_REVOKED: Final = Topic("event.auth.session_revoked", SessionRevoked)


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
    """End every session of an account or a contact, except `keep`."""
    for session_id in await store.standing_sessions(tx, organization_id, kind, principal_id):
        if session_id != keep:
            await revoke_session_in(platform, tx, organization_id, session_id, principal_id)


class Sessions:
    """The revoked sessions whose tokens could still be in force. News comes by the bus; a start, and a time in which
    news may have been lost, read the database.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._revoked: dict[int, int] = {}  # to when to forget it
        tokens = platform.config.tokens
        self._memory = 1000 * max(tokens.access_ttl, tokens.visitor_ttl, tokens.refresh_ttl)
        self._prune_at = 1024
        self.stop = SESSION_REVOKED.subscribe(platform.bus, lambda event: self._add(event.session_id))

    async def load(self) -> None:
        """Read what was revoked while this process could not hear of it."""
        await self._platform.bus.subscribed()

        async def read(reader: Reader) -> list[int]:
            return list(await store.revoked_sessions(reader, now=self._platform.clock.now()))

        for session_id in await self._platform.database.read(EVERY_ORGANIZATION, read):
            self._add(session_id)

    def is_revoked(self, session_id: int) -> bool:
        return session_id in self._revoked

    def _add(self, session_id: int) -> None:
        now = self._platform.clock.now()
        self._revoked[session_id] = now + self._memory
        if len(self._revoked) >= self._prune_at:
            self._revoked = {known: until for known, until in self._revoked.items() if until > now}
            self._prune_at = max(1024, 2 * len(self._revoked))
