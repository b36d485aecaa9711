"""Who comes in: by the browser's key, by what the company's back end has signed, or nobody known.

key of …          identity        then
nobody            –               a new contact, a new key
X                 –               X, the same key
nobody            of a new user   a new contact with this identity, a new key
somebody unnamed  of a new user   that contact gets this identity, the same key
X                 of X            X, the same key
nobody            of X            X, a new key
somebody unnamed  of X            becomes a part of X; a new key, the former one ends
Y                 of X            X, a new key; the former one ends: another person sits there now
Z, whom an agent  nobody          Z, the same key; what others have of Z stays unseen here
has called X      of whomever     them, a new key; what was held here goes along, the rest of X does not
"""

from typing import Final

from msgspec import Struct

from frontdesk.auth import VisitorKey, create_visitor_key_in, revoke_principal_in, revoke_session_in
from frontdesk.channels.types import Channel
from frontdesk.contacts import (
    Author,
    Contact,
    Identity,
    Merge,
    Source,
    VisitedPage,
    find_contact_in,
    find_identified_in,
    identify_in,
    lead_in,
    merge_in,
    visit_in,
)
from frontdesk.conversations import ConversationState, all_open_of_contact_in, move_to_contact_in
from frontdesk.core.subject import SubjectKind, system_subject
from frontdesk.dispatch import close_in, join_cares_in, move_waiting_in
from frontdesk.platform import Platform, Transaction

_WORTH: Final = (ConversationState.BOT, ConversationState.WAITING, ConversationState.ACTIVE)


class Recognised(Struct, frozen=True):
    """`secret` is the key's, for the browser to keep."""

    contact: Contact
    secret: str
    key: VisitorKey


class Visit(Struct, frozen=True):
    """How somebody comes. `fresh_id` is the contact's, should they be nobody known."""

    channel: Channel
    fresh_id: int
    language: str
    page: VisitedPage | None


async def recognise_in(
    platform: Platform,
    tx: Transaction,
    visit: Visit,
    *,
    secret: str,
    known: VisitorKey | None,
    identity: Identity | None,
) -> Recognised:
    """The contact that this is from now on, and the key that stands for it. As in the table above."""
    organization_id = visit.channel.organization_id
    current = None if known is None else await find_contact_in(tx, organization_id, known.contact_id)
    by_hand = known is not None and current is not None and current.id != known.contact_id
    if identity is None:
        target = current
    else:
        target = await find_identified_in(tx, organization_id, identity.external_id)
        if target is None and current is not None and current.external_id is None and not by_hand:
            target = current
    contact_id = visit.fresh_id if target is None else target.id
    stays = current is not None and current.id == contact_id and (identity is None or not by_hand)
    contact = await visit_in(
        platform,
        tx,
        organization_id,
        contact_id=contact_id,
        channel_id=visit.channel.id,
        language=visit.language,
        page=visit.page,
    )
    if identity is not None:
        contact = await identify_in(platform, tx, organization_id, contact_id, identity)
    if stays and known is not None:
        return Recognised(contact, secret, known)
    if known is not None and current is not None:
        if by_hand:
            await lead_in(tx, organization_id, known.contact_id, contact.id)
            await _bring_along_in(platform, tx, known.contact_id, contact)
        elif current.external_id is None:
            contact = await _become_part_in(platform, tx, current, contact)
        await revoke_session_in(platform, tx, organization_id, known.session_id, known.contact_id)
    fresh, key = await create_visitor_key_in(platform, tx, organization_id, contact_id, visit.channel.id)
    return Recognised(contact, fresh, key)


async def _become_part_in(platform: Platform, tx: Transaction, gone: Contact, into: Contact) -> Contact:
    organization_id = into.organization_id
    contact = await merge_in(
        platform, tx, organization_id, into.id, Merge(gone.id), author=Author(Source.COMPANY)
    )
    await join_cares_in(tx, organization_id, gone.id, contact.id)
    await _bring_along_in(platform, tx, gone.id, contact)
    return contact


async def _bring_along_in(platform: Platform, tx: Transaction, gone_id: int, contact: Contact) -> None:
    """The conversations are the contact's from now on; every browser of the former one comes in anew."""
    organization_id = contact.organization_id
    moved_ones = await move_to_contact_in(
        platform, tx, organization_id, from_id=gone_id, into_id=contact.id, name=contact.name
    )
    for moved in moved_ones:
        await _end_the_other_in(platform, tx, organization_id, moved.channel_id, contact.id)
    await move_waiting_in(tx, organization_id, gone_id, contact.id)
    await revoke_principal_in(platform, tx, organization_id, SubjectKind.VISITOR, gone_id)


async def _end_the_other_in(
    platform: Platform, tx: Transaction, organization_id: int, channel_id: int, contact_id: int
) -> None:
    """A contact has one open conversation on a channel: the one with a person goes on, else the one with the last word."""
    found = await all_open_of_contact_in(tx, organization_id, contact_id, channel_id)
    ranked = sorted(found, key=lambda each: (_WORTH.index(each.state), each.last_entry_at, each.id))
    for conversation in ranked[:-1]:
        await close_in(platform, tx, system_subject(organization_id), conversation, reason="merged")
