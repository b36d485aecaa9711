"""Running a macro: each step is what the agent could do by hand, with the same rights, in a transaction of its own."""

from collections.abc import Sequence

from frontdesk.auth import Permission, require
from frontdesk.conversations import Conversation, Log, Text, WrappedUp, get_readable, tag_conversation
from frontdesk.core.errors import FrontdeskError, not_found
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject
from frontdesk.desk.filling import filled_in
from frontdesk.desk.macro_types import Ran, Run, Taken
from frontdesk.desk.macros import usable_macro_in
from frontdesk.desk.steps import (
    AddTag,
    Close,
    InviteRating,
    LeaveNote,
    SendReply,
    SetVip,
    Step,
    Transfer,
    WrapUp,
)
from frontdesk.dispatch import add_note, close, invite_rating, set_vip, transfer, wrap_up
from frontdesk.platform import Platform, Reader
from frontdesk.staff import quick_reply_in


async def run_macro(
    platform: Platform, log: Log, subject: Subject, macro_id: int, wanted: Run
) -> Sequence[Ran]:
    """Do a macro's steps to each conversation, in order, and tell what became of each.

    A conversation's steps end with the first that is refused; what was done before it stands, and the other conversations
    go on. Raises `not_found` for a macro that is neither one's own nor one of one's teams'.
    A repeat with the same `run` sends no reply twice; a note it leaves again.
    """
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    macro = await platform.database.read(
        subject.organization_id, lambda reader: usable_macro_in(reader, subject, macro_id)
    )
    hand = _Hand(platform, log, subject, wanted.run)
    return [await hand.run(each, macro.steps) for each in dict.fromkeys(wanted.conversations)]


class _Hand:
    """Does steps for one agent."""

    def __init__(self, platform: Platform, log: Log, subject: Subject, run: str) -> None:
        self._platform = platform
        self._log = log
        self._subject = subject
        self._run = run

    async def run(self, conversation: str, steps: Sequence[Step]) -> Ran:
        taken: list[Taken] = []
        for number, step in enumerate(steps):
            try:
                await self._take(_known(conversation), step, number)
            except FrontdeskError as refusal:
                return Ran(conversation, [*taken, Taken(step, refusal)], steps[number + 1 :])
            taken.append(Taken(step))
        return Ran(conversation, taken)

    async def _take(self, conversation_id: int, step: Step, number: int) -> None:
        platform, subject = self._platform, self._subject
        match step:
            case SendReply():
                await self._send(conversation_id, int(step.reply_id), f"{self._run}.{number}")
            case LeaveNote():
                await add_note(platform, subject, conversation_id, step.text)
            case AddTag():
                await tag_conversation(platform, subject, conversation_id, int(step.tag_id))
            case SetVip():
                conversation = await self._readable(conversation_id)
                await set_vip(platform, subject, conversation.contact_id, step.level)
            case InviteRating():
                await invite_rating(platform, subject, conversation_id)
            case WrapUp():
                await wrap_up(platform, subject, conversation_id, WrappedUp(step.category, step.remark))
            case Transfer():
                await transfer(platform, subject, conversation_id, team_id=int(step.team_id))
            case Close():
                await close(platform, subject, conversation_id)

    async def _send(self, conversation_id: int, reply_id: int, client_id: str) -> None:
        subject = self._subject
        require(subject, Permission.QUICK_REPLY_USE)

        async def read(reader: Reader) -> str:
            conversation = await get_readable(reader, subject, conversation_id)
            reply = await quick_reply_in(reader, subject, reply_id)
            return await filled_in(reader, subject, conversation, reply.text)

        text = await self._platform.database.read(subject.organization_id, read)
        await self._log.send(subject, conversation_id, client_id, Text(text))

    async def _readable(self, conversation_id: int) -> Conversation:
        subject = self._subject
        return await self._platform.database.read(
            subject.organization_id, lambda reader: get_readable(reader, subject, conversation_id)
        )


def _known(conversation: str) -> int:
    """What is no id at all is as good as one of nothing."""
    identity = parse_id(conversation)
    if identity is None:
        raise not_found("conversation")
    return identity
