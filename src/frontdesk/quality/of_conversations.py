"""What reviewers wrote about a conversation, for whoever gives it to the contact or erases it. Who may was asked by the caller."""

from collections.abc import Sequence

from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.platform import Reader, Transaction
from frontdesk.quality import store


class Remarked(Struct, frozen=True):
    """A reviewer's remark, without who gave it to whom: that is about colleagues, not about the contact."""

    at: Millis
    remark: str


async def remarks_in(reader: Reader, organization_id: int, conversation_id: int) -> Sequence[Remarked]:
    """The remarks of a conversation's reviews, in the order in which they were given."""
    found = await store.of_conversation(reader, organization_id, conversation_id)
    return [Remarked(one.changed_at, one.remark) for one in found if one.remark]


async def forget_remarks_in(tx: Transaction, organization_id: int, conversation_id: int) -> None:
    """Empty the remarks of a conversation's reviews; the points stay. A repeat changes nothing."""
    await store.empty_remarks(tx, organization_id, conversation_id)
