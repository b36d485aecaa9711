"""What applications ask about tokens, and how they give them back: introspection, revocation, signing out."""

from msgspec import Struct

from frontdesk.auth import store, store_oauth, tokens
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.keys import refused
from frontdesk.auth.oauth.addresses import is_registered, with_query
from frontdesk.auth.oauth.granting import profile
from frontdesk.auth.oauth.types import OPENID, PROFILE, Client, OAuthError
from frontdesk.auth.rotation import hash_token, is_plausible
from frontdesk.auth.sessions import revoke_session_in
from frontdesk.auth.types import Account, Organization, Session
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.ids import parse_id
from frontdesk.platform import EVERY_ORGANIZATION, Platform, Reader, Transaction


class Introspection(Struct, frozen=True, omit_defaults=True):
    """RFC 7662: of a token that is not good nothing is told but that."""

    active: bool
    scope: str = ""
    client_id: str = ""
    sub: str = ""
    exp: int = 0
    token_type: str = ""


async def introspect(
    platform: Platform, authenticator: Authenticator, client: Client, token: str
) -> Introspection:
    """About a token that this application was given; for every other one it is not active."""
    if client.secret_hash is None:
        raise OAuthError("invalid_client", "Only an application with a secret may ask.", status=401)
    found = await _session_of(platform, authenticator, client, token)
    if found is None:
        return Introspection(active=False)
    session, expires_at, kind = found
    return Introspection(
        active=True,
        scope=session.scope or "",
        client_id=client.code,
        sub=str(session.principal_id),
        exp=expires_at // 1000,
        token_type=kind,
    )


async def revoke(platform: Platform, authenticator: Authenticator, client: Client, token: str) -> None:
    """End all that was given together with this token. A token that is not this application's changes nothing."""
    found = await _session_of(platform, authenticator, client, token)
    if found is not None:
        await _end(platform, found[0])


async def userinfo(platform: Platform, authenticator: Authenticator, token: str) -> dict[str, object]:
    """Who the holder of an application's token with the scope `openid` acts for. Raises `unauthenticated`."""
    subject, _expires_at, scope = authenticator.verify_for_application(token)
    if OPENID not in scope.split():
        raise refused()

    async def read(reader: Reader) -> tuple[Account | None, Organization | None]:
        return (
            await store.account(reader, subject.organization_id, subject.id),
            await store.organization(reader, subject.organization_id),
        )

    account, organization = await platform.database.read(subject.organization_id, read)
    if account is None or organization is None:
        raise refused()
    known = profile(account, organization) if PROFILE in scope.split() else {}
    return {"sub": str(account.id), **known}


async def sign_out(
    platform: Platform, authenticator: Authenticator, *, hint: str, address: str, state: str
) -> str | None:
    """An application signs its person out (RP-initiated): ends what it was given; returns where to send the browser.

    `hint` is an ID token of ours, also one that is over. Without it nothing is ended and nobody is sent anywhere.
    """
    try:
        claims = authenticator.keys.read_identity(hint)
    except FrontdeskError:
        return None
    code, sid = str(claims.get("aud", "")), parse_id(str(claims.get("sid", ""))) or 0

    async def find(reader: Reader) -> tuple[Client | None, Session | None]:
        client = await store_oauth.client_by_code(reader, code)
        session = None if client is None else await rows.session(reader, client.organization_id, sid)
        return client, session

    client, session = await platform.database.read(EVERY_ORGANIZATION, find)
    if client is None:
        return None
    if session is not None and session.client_id == client.id:
        await _end(platform, session)
    return with_query(address, state=state) if is_registered(client.logout_uris, address) else None


async def _session_of(
    platform: Platform, authenticator: Authenticator, client: Client, token: str
) -> tuple[Session, int, str] | None:
    """The standing session of an access or a refresh token that this application was given."""
    now = platform.clock.now()
    session_id, expires_at, kind = 0, 0, "Bearer"
    try:
        claims = tokens.claims_of(authenticator.keys, token, now=now)
        session_id, expires_at = parse_id(claims.sid) or 0, claims.exp * 1000
    except FrontdeskError:
        kind = "refresh_token"

    async def find(reader: Reader) -> tuple[Session | None, int]:
        if session_id:
            return await rows.session(reader, client.organization_id, session_id), expires_at
        row = await rows.refresh_by_hash(reader, hash_token(token)) if is_plausible(token) else None
        if row is None or row.used_at is not None or now >= row.expires_at:
            return None, 0
        return await rows.session(reader, client.organization_id, row.session_id), row.expires_at

    session, ends = await platform.database.read(client.organization_id, find)
    if session is None or session.client_id != client.id or not session.is_live(now):
        return None
    return session, ends, kind


async def _end(platform: Platform, session: Session) -> None:
    async def work(tx: Transaction) -> None:
        await revoke_session_in(platform, tx, session.organization_id, session.id, session.principal_id)

    await platform.database.write(session.organization_id, work)
