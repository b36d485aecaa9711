"""What was told about somebody, and what receivers said to it, when it is to be forgotten."""

from collections.abc import Sequence

from frontdesk.platform import Transaction
from frontdesk.webhooks.store import erasing as store


async def forget_objects_in(tx: Transaction, organization_id: int, about: Sequence[int]) -> None:
    """Remove every delivery about these objects, told or not, with the attempts. For objects that are gone."""
    await store.delete_about(tx, organization_id, about)


async def forget_answers_in(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    """Remove what receivers answered to entries of a conversation: they may have repeated them.

    The deliveries stay. They hold no words, and those that are pending tell the entries as they are now.
    """
    await store.blank_answers(tx, organization_id, conversation_id)
