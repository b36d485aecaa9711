"""Waiting without staying: the place is kept, and an agent has the conversation when its turn comes."""

from typing import Final

from frontdesk.contacts import clean_email, clean_phone, introduce_in
from frontdesk.conversations import ConversationState, Draft, EntryKind, Text, append_in
from frontdesk.core.errors import forbidden
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch.ownership import moved_on, queue_changed, sender_of
from frontdesk.dispatch.rights import get_movable
from frontdesk.dispatch.store import queue
from frontdesk.dispatch.waiting import Requested, standing_in
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import LocalizedText

REACH: Final = LocalizedText(
    zh_cn="我先离开了，轮到我时请联系我：{}",
    en="I am leaving now. Please contact me when it is my turn: {}",
)
HERE: Final = LocalizedText(
    zh_cn="我先离开了，轮到我时请在这里回复我。",
    en="I am leaving now. Please answer me here when it is my turn.",
)


async def ask_callback(
    platform: Platform, subject: Subject, conversation_id: int, *, phone: str = "", email: str = ""
) -> Requested:
    """Keep a visitor's place in the queue while they go: to be called, written an e-mail, or answered here (neither).

    No longest wait and no closing time ends it. What the visitor leaves stands in the conversation in their name, and in
    their contact where nothing was known. Repeating it changes nothing. Raises a `conflict` when it does not wait.
    """
    if subject.kind is not SubjectKind.VISITOR:
        raise forbidden("dispatch.visitors-only", "Only visitors ask to be called back.")
    reach = " / ".join(filter(None, (clean_phone(phone), clean_email(email))))

    async def work(tx: Transaction) -> Requested:
        conversation = await get_movable(tx, subject, conversation_id)
        organization_id = conversation.organization_id
        item = await queue.find(tx, organization_id, conversation_id)
        if conversation.state is not ConversationState.WAITING or item is None:
            raise moved_on()
        if item.callback:
            return await standing_in(platform, tx, conversation)
        if reach:
            await introduce_in(platform, tx, organization_id, subject.id, name="", email=email, phone=phone)
        words = REACH.of(conversation.language).format(reach) if reach else HERE.of(conversation.language)
        draft = Draft(EntryKind.MESSAGE, await sender_of(tx, subject), Text(words))
        after = await append_in(platform, tx, organization_id, conversation_id, [draft])
        await queue.keep_for_callback(tx, organization_id, conversation_id)
        queue_changed(platform, tx, organization_id, item.team_id)
        return await standing_in(platform, tx, after)

    return await platform.database.write(subject.organization_id, work)
