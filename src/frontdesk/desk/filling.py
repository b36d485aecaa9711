"""The places of a saved reply, filled in with what is known of a conversation's people."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from frontdesk.auth import Permission, get_organization
from frontdesk.contacts import get_contact_in
from frontdesk.conversations import MAX_TEXT, Conversation
from frontdesk.core.errors import conflict
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.platform import Reader
from frontdesk.staff import card

_PLACE: Final = re.compile(r"\{(contact\.(?:name|email|phone)|agent\.name|organization\.name)\}")


async def filled_in(reader: Reader, subject: Subject, conversation: Conversation, text: str) -> str:
    """The text as it is sent. Raises a `conflict` that names a place for which nothing is known: nobody is there to fill
    it in by hand.
    """
    wanted: list[str] = _PLACE.findall(text)
    if not wanted:
        return text
    facts = await _facts(reader, subject, conversation, wanted)
    missing = next((name for name in wanted if not facts[name]), None)
    if missing is not None:
        raise conflict(
            "desk.place-unknown",
            f"{missing} is not known of this customer, so the reply was not sent.",
            hint="Fill it in beside the conversation, or send the reply by hand.",
            details={"place": missing},
        )
    # One pass: what is put in is never read for places again.
    return clean(_PLACE.sub(lambda found: facts[found[1]], text), field="reply", limit=MAX_TEXT)


async def _facts(
    reader: Reader, subject: Subject, conversation: Conversation, wanted: Sequence[str]
) -> Mapping[str, str]:
    organization_id = subject.organization_id
    facts = {
        "contact.name": conversation.contact_name,
        "contact.email": "",
        "contact.phone": "",
        "agent.name": (await card(reader, organization_id, subject.id)).name,
        "organization.name": (await get_organization(reader, organization_id)).name,
    }
    if subject.may(Permission.CONTACT_READ) and not {"contact.email", "contact.phone"}.isdisjoint(wanted):
        contact = await get_contact_in(reader, organization_id, conversation.contact_id)
        facts |= {"contact.email": contact.email, "contact.phone": contact.phone}
    return facts
