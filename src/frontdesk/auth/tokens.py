"""The token service: what an access token says about a subject, and back. Knows nothing of how one signs in."""

from typing import Final

from frontdesk.auth.keys import Claims, Keys, refused
from frontdesk.auth.types import Token
from frontdesk.core.clock import Millis
from frontdesk.core.ids import new_secret, parse_id
from frontdesk.core.subject import Role, Subject, SubjectKind

ISSUER: Final = "frontdesk"
AUDIENCE: Final = "frontdesk"
_KINDS: Final = frozenset({SubjectKind.AGENT, SubjectKind.VISITOR})
_BUILT_IN: Final = frozenset(role.value for role in Role)
IDENTITY: Final = frozenset({"openid", "profile", "offline_access"})
_SKEW: Final[Millis] = 60_000  # a token from the future is forged or from a process whose clock is wrong


def issue(keys: Keys, subject: Subject, *, now: Millis, ttl: int, scope: str = "") -> Token:
    """A token that lets its holder act as `subject` for `ttl` seconds; with a scope, in no more than what that says."""
    issued = now // 1000
    claims = Claims(
        iss=ISSUER,
        aud=AUDIENCE,
        sub=str(subject.id),
        org=str(subject.organization_id),
        kind=subject.kind.value,
        sid=str(subject.session_id),
        iat=issued,
        exp=issued + ttl,
        jti=new_secret(size=16),
        role=subject.role or "",
        chn=str(subject.channel_id),
        scope=scope,
    )
    return Token(keys.sign(claims), (issued + ttl) * 1000)


def read(keys: Keys, text: str, *, now: Millis) -> tuple[Subject, Millis]:
    """The subject of a token and when it ends. Raises `unauthenticated` unless it is ours, for us and in force.

    An application's token whose scopes only say who somebody is opens nothing here. What the subject may do is not in
    the token: `Grants.now` adds it.
    """
    claims = claims_of(keys, text, now=now)
    if claims.scope and not set(claims.scope.split()) - IDENTITY:
        raise refused()
    return subject_of(claims), claims.exp * 1000


def claims_of(keys: Keys, text: str, *, now: Millis) -> Claims:
    """What a token says that is ours, for us and in force. Raises `unauthenticated` for every other one."""
    claims = keys.verify(text)
    if claims.iss != ISSUER or claims.aud != AUDIENCE:
        raise refused()
    if now >= claims.exp * 1000 or claims.iat * 1000 > now + _SKEW:
        raise refused()
    return claims


def subject_of(claims: Claims) -> Subject:
    """Whom a token lets its holder act as."""
    organization_id, principal_id = parse_id(claims.org), parse_id(claims.sub)
    session_id, channel_id = parse_id(claims.sid), parse_id(claims.chn)
    if not organization_id or not principal_id or not session_id or channel_id is None:
        raise refused()
    try:
        kind = SubjectKind(claims.kind)
    except ValueError as error:
        raise refused() from error
    if kind not in _KINDS or (kind is SubjectKind.AGENT) != bool(claims.role):
        raise refused()
    if claims.role and claims.role not in _BUILT_IN and parse_id(claims.role) is None:
        raise refused()
    return Subject(
        organization_id=organization_id,
        kind=kind,
        id=principal_id,
        session_id=session_id,
        role=claims.role or None,
        scope=claims.scope,
        channel_id=channel_id,
    )
