"""Visitors: the lasting key of a browser, and the short-lived token that is renewed with it."""

import hashlib
from typing import Final

from frontdesk.auth import store_sessions as store
from frontdesk.auth import tokens
from frontdesk.auth.keys import Keys
from frontdesk.auth.types import Session, Token, VisitorKey
from frontdesk.core.clock import Millis
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader, Transaction

_KEY_LIFE: Final[Millis] = 400 * 86_400_000  # as long as browsers keep anything
_MAX_KEY: Final = 128


async def create_visitor_key_in(
    platform: Platform, tx: Transaction, organization_id: int, contact_id: int, channel_id: int
) -> tuple[str, VisitorKey]:
    """A new secret for a browser of this contact, with the session that it stands for. Only its hash is kept."""
    now = platform.clock.now()
    secret = new_secret()
    key = VisitorKey(organization_id, contact_id, platform.ids.new(), channel_id)
    session = Session(
        id=key.session_id,
        organization_id=organization_id,
        principal_id=contact_id,
        kind=SubjectKind.VISITOR,
        channel_id=channel_id,
        expires_at=now + _KEY_LIFE,
        revoked_at=None,
    )
    await store.insert_session(tx, session, user_agent="", now=now)
    await store.insert_visitor_key(tx, key, hashed=_hash(secret), now=now)
    return secret, key


async def find_visitor_key(
    platform: Platform, reader: Reader, organization_id: int, secret: str
) -> VisitorKey | None:
    """Whose key this is; None for one that we did not make for this organization, or that has ended."""
    if not secret or len(secret) > _MAX_KEY:
        return None
    return await store.visitor_key(reader, organization_id, _hash(secret), now=platform.clock.now())


def issue_visitor_token(platform: Platform, keys: Keys, key: VisitorKey, *, channel_id: int = 0) -> Token:
    """A token for the key's contact, in the key's session: renewing it does not disturb an open socket.

    `channel_id` is the channel that the visitor came by this time; by default the one of the first visit.
    """
    subject = Subject(
        organization_id=key.organization_id,
        kind=SubjectKind.VISITOR,
        id=key.contact_id,
        session_id=key.session_id,
        channel_id=channel_id or key.channel_id,
    )
    return tokens.issue(keys, subject, now=platform.clock.now(), ttl=platform.config.tokens.visitor_ttl)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
