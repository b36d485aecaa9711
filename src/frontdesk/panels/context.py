"""What a panel's page is told: a token that its own back end can check, and that is good for nothing else.

A JWT, HS256. Claims: `iss` ("frontdesk"), `aud` (the origin of the panel), `sub` (the agent who looks), `organization`,
`conversation`, `contact`, `external_id` (who the company's back end says the contact is; null while nobody has said it), `iat`,
`exp`, `jti`.
"""

from typing import Final

import msgspec
from joserfc import jws
from joserfc.jwk import OctKey
from msgspec import Struct

from frontdesk.auth import Permission, require, require_in_person
from frontdesk.contacts import find_contact_in
from frontdesk.conversations import get_readable
from frontdesk.core.clock import Millis
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Subject
from frontdesk.panels.manage import get_in
from frontdesk.panels.types import Context, Panel
from frontdesk.platform import Platform, Reader

ISSUER: Final = "frontdesk"
LIFE: Final = 300  # seconds
_ALGORITHM: Final = "HS256"
_REGISTRY: Final = jws.JWSRegistry(algorithms=[_ALGORITHM])
_HEADER: Final = {"typ": "JWT", "alg": _ALGORITHM}


class _Claims(Struct, frozen=True, kw_only=True):
    iss: str = ISSUER
    aud: str
    sub: str
    organization: str
    conversation: str
    contact: str
    external_id: str | None
    iat: int
    exp: int
    jti: str


async def sign_context(platform: Platform, subject: Subject, panel_id: int, conversation_id: int) -> Context:
    """For an agent who looks at a conversation, in person. Raises `not_found` for a conversation that may not be read."""
    require(subject, Permission.CONVERSATION_READ_OWN)
    require_in_person(subject)
    now = platform.clock.now()

    async def read(reader: Reader) -> tuple[Panel, int, str | None]:
        conversation = await get_readable(reader, subject, conversation_id)
        panel = await get_in(reader, subject.organization_id, panel_id)
        contact = await find_contact_in(reader, subject.organization_id, conversation.contact_id)
        if contact is None:
            return panel, conversation.contact_id, None
        return panel, contact.id, contact.external_id

    panel, contact_id, external_id = await platform.database.read(subject.organization_id, read)
    claims = _Claims(
        aud=panel.origin,
        sub=str(subject.id),
        organization=str(subject.organization_id),
        conversation=str(conversation_id),
        contact=str(contact_id),
        external_id=external_id,
        iat=now // 1000,
        exp=now // 1000 + LIFE,
        jti=new_secret(size=16),
    )
    return Context(_signed(panel, claims), _end(claims))


def _signed(panel: Panel, claims: _Claims) -> str:
    key = OctKey.import_key(panel.secret)
    return jws.serialize_compact(_HEADER, msgspec.json.encode(claims), key, registry=_REGISTRY)


def _end(claims: _Claims) -> Millis:
    return claims.exp * 1000
