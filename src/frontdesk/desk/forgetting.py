"""Removing what agents kept about a conversation that must be forgotten."""

from frontdesk.desk import store
from frontdesk.platform import Transaction


async def forget_desk_in(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    """Remove everybody's drafts and marks of a conversation. A repeat changes nothing.

    The browser in which a draft was written keeps its own copy until the draft is sent or emptied there.
    """
    await store.forget(tx, organization_id, conversation_id)
