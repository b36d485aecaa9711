"""Who is in a conversation now, kept in memory, so that typing and routing cost no query."""

from collections import OrderedDict
from typing import Final

from msgspec import Struct

from frontdesk.conversations import store
from frontdesk.conversations.rows import Conversation
from frontdesk.conversations.state import ConversationState
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader, Topic

_KEPT: Final = 50_000


class Routed(Struct, frozen=True):
    """A conversation's participants or state changed; `head` is the log's position then, so the newest is known."""

    organization_id: int
    conversation_id: int
    contact_id: int
    agent_id: int | None
    state: ConversationState
    head: int
    guests: tuple[int, ...] = ()


def routed_of(conversation: Conversation) -> Routed:
    """Who is in it now."""
    return Routed(
        conversation.organization_id,
        conversation.id,
        conversation.contact_id,
        conversation.agent_id,
        conversation.state,
        conversation.head,
        tuple(sorted(conversation.guest_ids)),
    )


ROUTED: Final = Topic("event.conversations.routed", Routed)


class Membership:
    """Remembers the participants of recently used conversations. It follows `ROUTED`: never behind a commit of this
    process, and behind another's for as long as the news travels. What may have missed news is read again.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._known: OrderedDict[int, Routed] = OrderedDict()
        ROUTED.subscribe(platform.bus, self._remember)
        platform.bus.on_loss(self._known.clear)

    async def find(self, organization_id: int, conversation_id: int) -> Routed:
        """The participants. Raises a `not_found` error when the organization has no such conversation."""
        known = self._known.get(conversation_id)
        if known is not None and known.organization_id == organization_id:
            return known

        async def read(reader: Reader) -> Routed:
            return routed_of(await store.get(reader, organization_id, conversation_id))

        self._remember(await self._platform.database.read(organization_id, read))
        return self._known[conversation_id]

    def _remember(self, routed: Routed) -> None:
        known = self._known.get(routed.conversation_id)
        if known is None or known.head <= routed.head:  # another process's news may come behind newer news
            self._known[routed.conversation_id] = routed
        self._known.move_to_end(routed.conversation_id)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)


def takes_part(subject: Subject, routed: Routed) -> bool:
    """Whether this subject is the visitor, the agent, the bot or a guest of the conversation now."""
    if subject.organization_id != routed.organization_id:
        return False
    if subject.kind is SubjectKind.VISITOR:
        return subject.id == routed.contact_id
    return subject.id == routed.agent_id or subject.id in routed.guests
