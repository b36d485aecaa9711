"""Keeping somebody out, and ending what goes on with them."""

from frontdesk.contacts import Block, NewBlock, block_in
from frontdesk.conversations import ConversationState, open_of_contacts_in
from frontdesk.core.subject import Subject
from frontdesk.dispatch.ending import close_in
from frontdesk.dispatch.rights import require_agent
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import get as get_settings


async def block(platform: Platform, subject: Subject, new: NewBlock) -> Block:
    """Block a contact or a network, and end their conversations at once; those with bots go on where bots may be reached.

    Raises what `contacts.block_in` raises.
    """
    require_agent(subject)
    settings = await get_settings(platform, subject.organization_id)

    async def work(tx: Transaction) -> Block:
        blocked, contact_ids = await block_in(platform, tx, subject, new)
        for conversation in await open_of_contacts_in(tx, subject.organization_id, contact_ids):
            if conversation.state is not ConversationState.BOT or not settings.blocked_reach_bot:
                await close_in(platform, tx, subject, conversation, wrap_up_s=settings.wrap_up_s)
        return blocked

    return await platform.database.write(subject.organization_id, work)
