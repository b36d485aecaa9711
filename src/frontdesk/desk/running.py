"""Doing steps, a macro's or others: each step is what the agent could do by hand, with the same rights, in a transaction of its own."""

import re
from collections.abc import Sequence
from typing import Final

from frontdesk.auth import Permission, require
from frontdesk.conversations import (
    Conversation,
    Log,
    MessageBody,
    Text,
    WrappedUp,
    get_readable,
    tag_conversation,
    tags_of,
    untag_conversation,
)
from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.core.ids import parse_id
from frontdesk.core.subject import Subject
from frontdesk.desk.filling import filled_in
from frontdesk.desk.macro_types import Bulk, Ran, Run, Taken
from frontdesk.desk.macros import usable_macro_in
from frontdesk.desk.marks import flag_conversation
from frontdesk.desk.replies import quick_reply_in
from frontdesk.desk.reply_files import send_in
from frontdesk.desk.steps import (
    AddTag,
    Close,
    Flag,
    InviteRating,
    LeaveNote,
    RemoveTag,
    SendReply,
    SetVip,
    Snooze,
    Step,
    Transfer,
    Wake,
    WrapUp,
    checked,
)
from frontdesk.dispatch import add_note, close, invite_rating, set_vip, snooze, transfer, wake, wrap_up
from frontdesk.platform import Platform, Transaction

_RUN: Final = re.compile(r"[0-9A-Za-z-]{1,40}")


async def run_macro(
    platform: Platform, log: Log, subject: Subject, macro_id: int, wanted: Run
) -> Sequence[Ran]:
    """Do a macro's steps to each conversation. Raises `not_found` for a macro that is neither one's own nor one of one's
    teams'. What becomes of the steps is as with `take_steps`.
    """
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    conversations = _named(wanted)
    macro = await platform.database.read(
        subject.organization_id, lambda reader: usable_macro_in(reader, subject, macro_id)
    )
    hand = _Hand(platform, log, subject, wanted.run)
    return [await hand.run(each, macro.steps) for each in conversations]


async def take_steps(platform: Platform, log: Log, subject: Subject, wanted: Bulk) -> Sequence[Ran]:
    """Do steps to each conversation, in order, and tell what became of each.

    A conversation's steps end with the first that is refused; what was done before it stands, and the other conversations
    go on. A repeat with the same `run` sends no reply twice; a note it leaves again.
    """
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    conversations, steps = _named(wanted), checked(wanted.steps)
    hand = _Hand(platform, log, subject, wanted.run)
    return [await hand.run(each, steps) for each in conversations]


class _Hand:
    """Does steps for one agent."""

    def __init__(self, platform: Platform, log: Log, subject: Subject, run: str) -> None:
        self._platform = platform
        self._log = log
        self._subject = subject
        self._run = run

    async def run(self, conversation_id: int, steps: Sequence[Step]) -> Ran:
        taken: list[Taken] = []
        for number, step in enumerate(steps):
            try:
                changed = await self._take(conversation_id, step, number)
            except FrontdeskError as refusal:
                return Ran(conversation_id, [*taken, Taken(step, refusal)], steps[number + 1 :])
            taken.append(Taken(step, changed=changed))
        return Ran(conversation_id, taken)

    async def _take(self, conversation_id: int, step: Step, number: int) -> bool:  # noqa: C901 - one case for each step
        """Whether it changed anything, as far as that can be taken back."""
        platform, subject = self._platform, self._subject
        match step:
            case SendReply():
                await self._send(conversation_id, int(step.reply_id), f"{self._run}.{number}")
            case LeaveNote():
                await add_note(platform, subject, conversation_id, step.text)
            case AddTag():
                before = await tags_of(platform, subject, conversation_id)
                await tag_conversation(platform, subject, conversation_id, int(step.tag_id))
                return int(step.tag_id) not in before
            case RemoveTag():
                await untag_conversation(platform, subject, conversation_id, int(step.tag_id))
            case Flag():
                return await flag_conversation(platform, subject, conversation_id, important=step.important)
            case SetVip():
                conversation = await self._readable(conversation_id)
                await set_vip(platform, subject, conversation.contact_id, step.level)
            case InviteRating():
                await invite_rating(platform, subject, conversation_id)
            case WrapUp():
                wrapped = WrappedUp(step.category, step.remark, step.solved)
                await wrap_up(platform, subject, conversation_id, wrapped)
            case Snooze():
                until = platform.clock.now() + step.for_s * 1000
                await snooze(platform, subject, conversation_id, until)
            case Wake():
                await wake(platform, subject, conversation_id)
            case Transfer():
                await transfer(
                    platform,
                    subject,
                    conversation_id,
                    team_id=_number(step.team_id),
                    agent_id=_number(step.agent_id),
                    department_id=_number(step.department_id),
                )
            case Close():
                await close(platform, subject, conversation_id)
        return True

    async def _send(self, conversation_id: int, reply_id: int, client_id: str) -> None:
        subject = self._subject
        require(subject, Permission.QUICK_REPLY_USE)

        async def work(tx: Transaction) -> Sequence[MessageBody]:
            conversation = await get_readable(tx, subject, conversation_id)
            reply = await quick_reply_in(tx, subject, reply_id)
            text = await filled_in(tx, subject, conversation, reply.text)
            for media_id in sorted(reply.media):
                await send_in(tx, subject, conversation_id, media_id)
            card = () if reply.card is None else (reply.card,)
            return [*reply.attachments, *([Text(text)] if text else ()), *card]

        bodies = await self._platform.database.write(subject.organization_id, work)
        for number, body in enumerate(bodies):
            await self._log.send(subject, conversation_id, f"{client_id}.{number}", body)

    async def _readable(self, conversation_id: int) -> Conversation:
        subject = self._subject
        return await self._platform.database.read(
            subject.organization_id, lambda reader: get_readable(reader, subject, conversation_id)
        )


def _named(wanted: Run) -> Sequence[int]:
    """Each conversation once. Raises an `invalid` error for what is no id at all; one of nothing is refused step by step."""
    if _RUN.fullmatch(wanted.run) is None:
        raise invalid("desk.run", "run must be letters, digits and hyphens.", details={"field": "run"})
    known = [parse_id(each) for each in dict.fromkeys(wanted.conversations)]
    named = [each for each in known if each is not None]
    if len(named) < len(known):
        raise invalid("desk.conversations", "This is not an id.", details={"field": "conversations"})
    return named


def _number(identity: str | None) -> int | None:
    return None if identity is None else int(identity)
